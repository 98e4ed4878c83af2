# SPDX-License-Identifier: Apache-2.0
#
# The twelve steps of the tour. Sourced by scripts/tour/run; what one step leaves for the next is a variable.

customer=KH00002
station=DD00001
run=$(date +%y%m%d-%H%M%S)

step_1() {
    heading 'Phương tiện đo quá hạn đến ngày 30/6/2018' 'Measuring instruments overdue on 30 June 2018'
    as manager
    ok 14 due list --overdue --as-of 2018-06-30
    answered TB003641
}

step_2() {
    heading 'Nhận một mẫu xăng, in phiếu yêu cầu và nhãn' 'A petrol sample is received; request slip and label'
    as reception
    ok 30 sample receive --customer "$customer" --site "$station" --received-on 2018-06-29 --matrix gasoline \
        --description 'Xăng RON 95-III, bồn 1' --specification XANG-RON95-III --indicator PET-RON --indicator PET-S \
        --indicator PET-FBP --indicator PET-BENZENE --slip "$out/slip.pdf" --labels "$out"
    sample=$(piece 'M[0-9]{2}-[0-9]{5}')
    is_pdf "$out/slip.pdf"
    is_pdf "$out/$sample.pdf"
}

step_3() {
    heading 'Nhập kết quả: dấu phẩy, dưới LOQ, vượt giới hạn, vô lý' \
        'Results: a decimal comma, below LOQ, out of limit, impossible'
    as technician
    ok 20 result enter "$sample" PET-RON=95,2 'PET-S=<10' PET-FBP=212
    answered 95,2
    answered '<10'
    [ "$(flags_of PET-FBP)" = outside_limit ] || fail 'PET-FBP=212 is not flagged as out of limit'
    say 'Benzen 130 % thể tích là không thể có.' 'Benzene cannot be 130 % of the volume.'
    bad result enter "$sample" PET-BENZENE=130
    answered 130
    ok 20 result enter "$sample" PET-BENZENE=1,0
}

flags_of() {
    etalon sample show "$sample" --format json | python3 -c '
import json, sys
print(*[flag for line in json.load(sys.stdin)["lines"] if line["indicator"] == sys.argv[1] for flag in line["flags"]])' "$1"
}

step_4() {
    heading 'Soát xét và phê duyệt bởi người khác' 'Review and approval by another person'
    as administrator
    ok 10 staff grant technician reviewer
    as technician
    say 'Có quyền soát xét, nhưng kết quả là của chính mình.' 'They may review now, but these results are their own.'
    refused result review "$sample" --approve
    answered entered-and-reviewed-by-same-person
    as administrator
    ok 10 staff revoke technician reviewer
    as reviewer
    ok 40 result review "$sample"
    ok 10 result review "$sample" --approve
}

# Gives a person the demo's PIN, or keeps it.
pin_of() {
    as "$1"
    ok 4 pin set --pin-file "$demo/pin" --current-file "$demo/pin"
}

step_5() {
    heading 'Phiếu kết quả: ký, PDF; sửa đổi, bản đầu vẫn lấy được' \
        'The test report: signed, PDF; amended, the first stays retrievable'
    local first second code
    pin_of signatory2
    pin_of signatory
    as reviewer
    ok 20 report issue "$sample"
    first=$(piece '[0-9]+/[0-9]{4}/[A-Z]+')
    code=$(member access_code report show "$first")
    ok 4 report pdf "$first" --out "$out/report.pdf"
    sign_by "$first" signatory2 signatory
    as reviewer
    ok 4 report pdf "$first" --out "$out/report.pdf"
    is_pdf "$out/report.pdf"
    ok 20 report amend "$first" --reason 'Sửa mô tả mẫu theo đề nghị của khách hàng'
    second=$(piece '[0-9]+/[0-9]{4}/[A-Z]+')
    [ "$second" != "$first" ] || fail 'the amendment has the number of the first report'
    ok 4 report pdf "$second" --out "$out/report-amended.pdf"
    sign_by "$second" signatory2 signatory
    as reviewer
    ok 30 report show "$first"
    answered "$second"
    ok 4 report pdf "$first" --out "$out/report-again.pdf"
    same_bytes "$out/report.pdf" "$out/report-again.pdf"
    ok 12 certificate verify "$code"
    answered "$second"
}

# sign_by LABEL PERSON...: each signs; the last signature issues the document.
sign_by() {
    local label=$1
    shift
    for person in "$@"; do
        as "$person"
        ok 6 sign "$label" --pin-file "$demo/pin"
    done
    [ "$(member state report show "$label")" = issued ] || fail "$label is signed but not issued"
}

# Numbers of a register that are free after all that were ever received in a series.
next_number() {
    etalon seal list --format json | python3 -c '
import json, sys
print(1 + max([int(row["last"]) for row in json.load(sys.stdin)["items"] if row["series"] == sys.argv[1]], default=0))' "$1"
}

# The stamps 18Q and seals NQ18 of this run; `stamp` and `seal` are the numbers before the first.
bring_stamps() {
    as quality
    stamp=$(($(next_number 18Q) - 1))
    seal=$(($(next_number NQ18) - 1))
    local kind series from to
    for kind in stamp seal; do
        if [ $kind = stamp ]; then series=18Q from=$(numbered stamp 1) to=$(numbered stamp 12); fi
        if [ $kind = seal ]; then series=NQ18 from=$(numbered seal 1) to=$(numbered seal 4); fi
        ok 4 seal receive $kind "$series" "$from" "$to"
        ok 4 seal assign $kind "$series" "$from" "$to" --to technician --on 2018-06-29
    done
}

numbered() { printf '%06d' $(($1 + $2)); }

new_dispenser() {
    local serial=$1
    shift
    as reception
    ok 4 instrument add --type 19 --site "$station" --serial "$serial" --maker Tatsuno --country 'Nhật Bản' --model SUNNY-XE "$@"
    answered TB
}

step_6() {
    heading 'Kiểm định cột đo: từ chối, rồi từng vòi, hiệu chỉnh, tem và niêm' \
        'A dispenser: refused, then every nozzle, adjusted; stamp and seals'
    bring_stamps
    new_dispenser "TQ$run" --put-in-use-on 2018-06-01 \
        --nozzle 1:RON95-III:qmax_l_min=40,qmin_l_min=5,fuel=RON95-III --nozzle 2:DO:qmax_l_min=40,qmin_l_min=5,fuel=DO
    dispenser=$(piece 'TB[0-9]+')
    as technician
    local work=(--instrument "$dispenser" --procedure DLVN-10 --mode periodic --standard VM20-02)
    say 'Giấy chứng nhận của bình chuẩn 20 L hết hạn hôm trước, ngày 19/6.' \
        'The certification of the 20 L measure ended the day before, on 19 June.'
    refused certificate check "${work[@]}" --worked-on 2018-06-20
    answered standard-not-certified
    refused measurement enter "${work[@]}" --worked-on 2018-06-20 --readings $examples/dispenser.csv --passed '*'
    answered standard-not-certified
    say 'Sau khi chuẩn được chứng nhận lại; nhưng tem này đã dùng rồi.' \
        'After the standard is certified again; but this stamp was used before.'
    work+=(--worked-on 2018-07-02 --condition temperature_celsius=28,5 --readings $examples/dispenser.csv --passed '*')
    refused measurement enter "${work[@]}" --evidence stamp:18A:005679
    answered stamp-used
    say 'Vòi 2 không đạt, được hiệu chỉnh, đạt sau hiệu chỉnh.' 'Nozzle 2 fails, is adjusted, and passes as left.'
    ok 40 measurement enter "${work[@]}" --evidence "stamp:18Q:$(numbered stamp 11):mặt trước" \
        --evidence "seal:NQ18:$(numbered seal 1):bộ đếm vòi 1" --evidence "seal:NQ18:$(numbered seal 2):bộ đếm vòi 2"
    measurement=$(head -n 1 <<<"$answer" | grep --only-matching '[0-9]*$')
    [ "$(member outcome measurement show "$measurement")" = pass ] || fail 'the dispenser does not pass as left'
    answered 0.8065 0,8065
    ok 16 record print "$measurement" --out "$out/record.pdf"
    is_pdf "$out/record.pdf"
    two_versions
}

# The same readings under ĐLVN 10:2013 (±0.3 %) and ĐLVN 10:2017 (±0.5 % periodic).
two_versions() {
    say 'Cùng số đọc: ngày 20/12/2016 theo ĐLVN 10:2013 (±0,3 %), ngày 02/7/2018 theo ĐLVN 10:2017 (±0,5 %).' \
        'The same readings: on 2016-12-20 by ĐLVN 10:2013 (±0.3 %), on 2018-07-02 by ĐLVN 10:2017 (±0.5 %).'
    new_dispenser "TQ$run-B" --put-in-use-on 2016-01-10 --nozzle 1:RON95-III:qmax_l_min=40,qmin_l_min=5,fuel=RON95-III
    local code
    code=$(piece 'TB[0-9]+')
    as technician
    local work=(--instrument "$code" --procedure DLVN-10 --mode periodic --standard VM20-02 --readings $examples/nozzle.csv)
    ok 20 measurement enter "${work[@]}" --worked-on 2016-12-20 --passed '*'
    verdict fail
    ok 20 measurement enter "${work[@]}" --worked-on 2018-07-02 --passed '*' \
        --evidence "stamp:18Q:$(numbered stamp 12):mặt trước" --evidence "seal:NQ18:$(numbered seal 3):bộ đếm"
    verdict pass
}

# The outcome of the measurement that the last answer shows.
verdict() {
    local number
    number=$(head -n 1 <<<"$answer" | grep --only-matching '[0-9]*$')
    [ "$(member outcome measurement show "$number")" = "$1" ] || fail "measurement $number is not: $1"
}

step_7() {
    heading 'Giấy chứng nhận kiểm định với hai chữ ký; tra mã' 'The verification certificate with two signatures; its code'
    local label code
    pin_of technician
    ok 16 certificate issue "$measurement"
    label=$(piece '[0-9]+/[0-9]{4}/[A-Z]+')
    code=$(member access_code certificate show "$label")
    ok 4 certificate pdf "$label" --out "$out/certificate.pdf"
    sign_by "$label" technician signatory
    ok 4 certificate pdf "$label" --out "$out/certificate.pdf"
    is_pdf "$out/certificate.pdf"
    ok 12 certificate verify "$code"
    answered "$label"
    answered 2019-07-31 31/07/2019
}

step_8() {
    heading 'Vì sao đến hạn; niêm bị đứt thì quá hạn ngay' 'Why it falls due; a broken seal makes it overdue at once'
    as manager
    ok 20 due why "$dispenser" --as-of 2018-07-20
    answered 2019-07-31 31/07/2019
    as reception
    ok 4 instrument event "$dispenser" --seal-broken --on 2018-07-20 --note 'niêm bộ đếm vòi 1 bị đứt'
    as manager
    ok 24 due why "$dispenser" --as-of 2018-07-20
    answered 'seal broken' 'đứt niêm'
    answered 2018-07-19 19/07/2018
    ok 12 due list --overdue --as-of 2018-07-20 --customer "$customer"
    answered "$dispenser"
}

step_9() {
    heading 'Một chợ, 12 cân, từ một tệp CSV' 'A market of 12 scales, from a CSV file'
    as technician
    # The stamps of the example begin with 1; these are the ones that the verifier holds today.
    awk -F';' -v OFS=';' -v before="$stamp" \
        '$2 ~ /^18Q /{ $2 = sprintf("18Q %06d", before + substr($2, 5)) } { print }' $examples/market.csv >"$out/market.csv"
    local market=(--table "$out/market.csv" --procedure DLVN-30 --mode periodic --worked-on 2018-07-03 --standard QC-M1-01)
    ok 20 measurement enter "${market[@]}" --passed '*'
    say 'Tất cả đã ghi; tem đã dùng nên tệp không thể ghi lần nữa.' \
        'All is recorded; the stamps are used, so the file cannot be entered twice.'
    refused measurement enter "${market[@]}" --passed '*' --line 2
}

step_10() {
    heading 'Danh sách đến hạn của một ngày, kèm bản kê' 'The due list of a day, with its manifest'
    local first second
    as manager
    ok 12 due emit --on 2018-07-20 --within 30d --out "$out"
    first=$(piece '[0-9a-f]{32}')
    cp "$out/due-2018-07-20.csv" "$out/due-first.csv"
    cp "$out/due-2018-07-20.json" "$out/due-first.json"
    ok 12 due emit --on 2018-07-20 --within 30d --out "$out"
    second=$(piece '[0-9a-f]{32}')
    same_bytes "$out/due-2018-07-20.csv" "$out/due-first.csv"
    same_bytes "$out/due-2018-07-20.json" "$out/due-first.json"
    python3 -m zipfile --test "$out/due-2018-07-20.xlsx" >/dev/null || fail "the workbook is no xlsx"
    is_pdf "$out/due-2018-07-20.pdf"
    show 0 20 cat "$out/due-2018-07-20.manifest.json"
    answered "$(sha256sum "$out/due-2018-07-20.csv" | cut -c1-64)"
    answered previous
    say 'Từng mắt xích và từng tệp khớp với bản kê; hai lần chạy không khác nhau.' \
        'Every link and every file is what the manifests say; the two runs do not differ.'
    ok 8 due runs verify
    ok 6 due runs diff "$first" "$second"
    rm "$out/due-first.csv" "$out/due-first.json"
}

# Statements of the database's owner, past every rule of the laboratory.
owner_sql=(psql --no-psqlrc --quiet --username=etalon_owner --dbname=etalon)
set_result() { printf "update record.result set text = '%s', value = %s where id = %s" "$1" "$1" "$2"; }

# Takes back what step 11 altered, also when the tour ends in the middle of it.
restore_row() {
    [ -z "${altered:-}" ] || "${owner_sql[@]}" --command="$(set_result 212 "$altered")" || true
    altered=
}

step_11() {
    heading 'Dấu vết: một dòng bị chủ cơ sở dữ liệu sửa lén thì lộ tên' \
        'The audit trail: a row altered behind its back is named'
    as quality
    ok 12 audit verify
    export PGHOST=$ETALON_DEMO_DATABASE
    local row
    row=$("${owner_sql[@]}" --tuples-only --no-align --command="select r.id from record.result r
        join record.request q on q.id = r.request_id join record.sample s on s.id = q.sample_id
        where s.number = '$sample' and r.text = '212'")
    [ -n "$row" ] || fail 'the result 212 is not in the database'
    altered=$row
    who=etalon_owner
    show 0 4 "${owner_sql[@]}" --command "$(set_result 205 "$row")"
    as quality
    refused audit verify
    answered "$row"
    say 'Dòng được trả lại như cũ.' 'The row is put back as it was.'
    who=etalon_owner
    show 0 4 "${owner_sql[@]}" --command "$(set_result 212 "$row")"
    altered=
    as quality
    ok 12 audit verify
}

step_12() {
    heading 'Báo cáo năm 2017' 'The annual report of 2017'
    as manager
    ok 28 report annual --year 2017
    etalon report annual --year 2017 --format json >"$out/annual-2017.json"
    python3 - "$out/annual-2017.json" <<'END' || fail 'the annual report differs'
import json, sys

expected = {
    "samples_tested": "13996", "plan": "13105", "plan_percent": "106.8", "indicators_tested": "68776",
    "outside_city_percent": "43.7", "state_management_percent": "22.3", "fuel_lots_certified": "80",
    "fuel_dispensers_verified": "1159", "fuel_dispenser_enterprises": "259", "totalisers_sealed": "983",
    "totaliser_sites": "236", "scales_verified": "2077", "markets": "36", "districts": "9",
    "inspection_campaigns": "8", "inspected_establishments": "202",
}
with open(sys.argv[1], encoding="utf-8") as file:
    report = json.load(file)
wrong = {key: report.get(key) for key in expected if str(report.get(key)) != expected[key]}
for key, found in wrong.items():
    print(f"{key}: {found}, not {expected[key]}", file=sys.stderr)
sys.exit(1 if wrong or len(report["by_field"]) != 8 else 0)
END
}
