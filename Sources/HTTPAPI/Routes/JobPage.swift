// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The page that shows the queue in a browser: lanes, workers, schedules, and dead jobs with what may be done about them.
///
/// The page itself holds nothing of the laboratory and anyone may load it. What it shows it asks of `/v1` with the token that the
/// person pastes, which it keeps until the window is closed. It needs nothing from elsewhere, and may ask nobody else.
enum JobPage {
    /// How the page is described.
    static let operation = Operation(
        method: .get, path: "/jobs", id: "jobPage", tag: "jobs",
        summary: "The queue of background work as a page for a browser; it asks for a token.", access: .open,
        answers: [Operation.Answer(status: 200, meaning: "The page.", contents: [.file("text/html; charset=utf-8")])])

    static func response() -> Response {
        var random = SystemRandomNumberGenerator()
        let nonce = String(random.next(), radix: 36) + String(random.next(), radix: 36)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
                .contentSecurityPolicy: "default-src 'none'; script-src 'nonce-\(nonce)'; style-src 'nonce-\(nonce)'; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page(nonce: nonce))))
    }

    static func page(nonce: String) -> String {
        """
        <!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <meta name="referrer" content="no-referrer"><title>Etalon · việc chạy nền</title>
        <style nonce="\(nonce)">\(style)</style>
        <header><h1></h1><button id="other" type="button"></button></header>
        <form id="door"><label><span></span> <input id="token" type="password" autocomplete="off" required></label>
        <button></button></form><p id="say" role="status"></p><main></main>
        <script nonce="\(nonce)">\(script)</script></html>
        """
    }

    private static let style = """
        body{font:15px/1.45 system-ui,sans-serif;max-width:72rem;margin:1rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
        header{display:flex;justify-content:space-between;align-items:center}h1{font-size:1.4rem}
        h2{font-size:1.1rem;margin:1.4rem 0 .4rem}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #ddd;
        vertical-align:top;overflow-wrap:anywhere}.n{text-align:right;font-variant-numeric:tabular-nums}
        button{font:inherit;padding:.15rem .7rem;margin-right:.3rem}#say{min-height:1.5em;color:#a01212}
        @media(prefers-color-scheme:dark){body{background:#161616;color:#e8e8e8}th,td{border-color:#3a3a3a}#say{color:#ff8a80}}
        """

    /// It puts every text into the page as text, never as markup.
    private static let script = #"""
        'use strict';
        const words = {
          vi: {other: 'English', title: 'Việc chạy nền', token: 'Token', open: 'Mở', lanes: 'Các làn', workers: 'Tiến trình',
            schedules: 'Lịch chạy', dead: 'Việc cần người xử lý', none: 'không có', retry: 'Chạy lại', cancel: 'Bỏ',
            why: 'Lý do:', lane: 'Làn', is_paused: 'Dừng', ready: 'Sẵn sàng', oldest_ready_seconds: 'Đợi lâu nhất (s)',
            running: 'Đang chạy', max_running: 'Nhiều nhất', id: 'Số', host: 'Máy', pid: 'PID', state: 'Trạng thái',
            silent_seconds: 'Im lặng (s)', key: 'Tên', kind: 'Việc', pattern: 'Khi nào', next_slot: 'Lần tới',
            late_seconds: 'Trễ (s)', outcome: 'Lần cuối', reason: 'Vì', attempt: 'Lần thử', finished_at: 'Bỏ cuộc lúc',
            last_error: 'Lỗi', yes: 'có', no: 'không', act: '', dead_count: 'Cần xử lý', failed: 'không được'},
          en: {other: 'Tiếng Việt', title: 'Background work', token: 'Token', open: 'Open', lanes: 'Lanes', workers: 'Workers',
            schedules: 'Schedules', dead: 'Jobs that wait for a person', none: 'none', retry: 'Retry', cancel: 'Cancel',
            why: 'Why:', lane: 'Lane', is_paused: 'Paused', ready: 'Ready', oldest_ready_seconds: 'Oldest (s)',
            running: 'Running', max_running: 'At most', id: 'Number', host: 'Host', pid: 'PID', state: 'State',
            silent_seconds: 'Silent (s)', key: 'Name', kind: 'Kind', pattern: 'When', next_slot: 'Next',
            late_seconds: 'Late (s)', outcome: 'Last', reason: 'Because', attempt: 'Attempt', finished_at: 'Given up',
            last_error: 'Error', yes: 'yes', no: 'no', act: '', dead_count: 'Dead', failed: 'failed'}};
        let language = navigator.language.startsWith('vi') ? 'vi' : 'en', token = '', timer = 0, latest = null;
        const find = (name) => document.querySelector(name), word = (name) => words[language][name] ?? name;
        const make = (tag, text) => Object.assign(document.createElement(tag), {textContent: text ?? ''});
        const say = (text) => { find('#say').textContent = text ?? ''; };
        async function ask(path, body) {
          const headers = {Authorization: 'Bearer ' + token, 'Accept-Language': language};
          if (body) {
            headers['Content-Type'] = 'application/json';
            headers['Idempotency-Key'] = String(Math.random()).slice(2) + Date.now();
          }
          const answer = await fetch('/v1' + path, {method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body),
            credentials: 'omit', cache: 'no-store'});
          const value = await answer.json();
          if (!answer.ok) {
            throw new Error((language === 'vi' ? value.detail_vi : value.detail) ?? value.title ?? String(answer.status));
          }
          return value;
        }
        function shown(value) {
          if (value === true || value === false) return word(value ? 'yes' : 'no');
          return value === null || value === undefined ? '–' : String(value);
        }
        function table(title, rows, columns, act) {
          const part = document.createElement('section');
          part.append(make('h2', word(title)));
          if (!rows.length) { part.append(make('p', word('none'))); return part; }
          const grid = document.createElement('table'), head = grid.createTHead().insertRow(), body = grid.createTBody();
          for (const name of act ? [...columns, 'act'] : columns) head.append(make('th', word(name)));
          for (const row of rows) {
            const line = body.insertRow();
            for (const name of columns) {
              const cell = line.insertCell(), value = row[name === 'dead_count' ? 'dead' : name];
              cell.textContent = shown(value);
              if (typeof value === 'number') cell.className = 'n';
            }
            if (act) line.insertCell().append(...act(row));
          }
          part.append(grid);
          return part;
        }
        function buttons(job) {
          return [['retry', '/job-retries'], ['cancel', '/job-cancellations']].map(([name, path]) => {
            const button = make('button', word(name));
            button.type = 'button';
            button.onclick = async () => {
              const reason = prompt(word(name) + ' ' + job.id + '. ' + word('why'));
              if (!reason) return;
              try { await ask(path, {job: job.id, reason}); say(); await load(); } catch (error) { say(error.message); }
            };
            return button;
          });
        }
        function draw() {
          document.documentElement.lang = language;
          document.title = 'Etalon · ' + word('title');
          find('h1').textContent = word('title');
          find('#other').textContent = word('other');
          find('#door span').textContent = word('token');
          find('#door button').textContent = word('open');
          if (!latest) return;
          const [overview, schedules, dead] = latest;
          find('main').replaceChildren(
            table('dead', dead.items, ['id', 'kind', 'lane', 'attempt', 'finished_at', 'last_error'], buttons),
            table('lanes', overview.lanes,
              ['lane', 'is_paused', 'ready', 'oldest_ready_seconds', 'running', 'max_running', 'dead_count']),
            table('workers', overview.workers, ['id', 'host', 'pid', 'state', 'silent_seconds', 'running']),
            table('schedules', schedules.items, ['key', 'pattern', 'next_slot', 'late_seconds', 'outcome', 'reason']));
        }
        async function load() {
          latest = await Promise.all([ask('/job-overview'), ask('/job-schedules'), ask('/jobs?state=dead&limit=100')]);
          draw();
        }
        async function round() {
          try {
            await load();
            say();
            timer = setTimeout(round, 5000);
          } catch (error) {
            say(word('failed') + ': ' + error.message);
            timer = setTimeout(round, 15000);
          }
        }
        find('#other').onclick = () => { language = language === 'vi' ? 'en' : 'vi'; draw(); };
        find('#door').onsubmit = (event) => {
          event.preventDefault();
          token = find('#token').value.trim();
          clearTimeout(timer);
          round();
        };
        draw();
        """#
}
