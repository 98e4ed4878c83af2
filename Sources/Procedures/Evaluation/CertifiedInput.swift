// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// What the certificate of a standard says of an input of the budget, read once for all readings.
struct CertifiedInput {
    /// Value of the input.
    enum Estimate {
        /// In coherent units; zero where none is asked for.
        case value(WorkingDecimal)
        /// The certificate has no such key.
        case absent(String)
        case trouble(EvaluationTrouble)
    }

    /// Uncertainty as stated, U in the coherent unit.
    struct Uncertainty {
        let expanded: Double
        let coverageFactor: Double
        let degreesOfFreedom: Double?
    }

    let estimate: Estimate
    let uncertainty: Result<Uncertainty, EvaluationTrouble>

    /// Reads the certificate that an input names; nil for an input that is in none, or whose standard was not used.
    init?(_ input: CompiledResult.Input, in setting: EvaluationSetting) {
        guard input.document.from == .certificate,
            let standard = setting.standards.first(where: { $0.kind == input.document.standard })
        else { return nil }
        let reader = CertificateReader(standard: standard, input: input)
        estimate = reader.estimate()
        do throws(EvaluationTrouble) {
            uncertainty = .success(try reader.uncertainty())
        } catch {
            uncertainty = .failure(error)
        }
    }
}

/// Reads numbers of a certificate for an input.
private struct CertificateReader {
    let standard: UsedStandard
    let input: CompiledResult.Input

    func estimate() -> CertifiedInput.Estimate {
        guard let key = input.document.estimate else { return .value(.zero) }
        guard let text = standard.content[key] else { return .absent(key) }
        do throws(EvaluationTrouble) {
            return .value(try coherent(text, key, unitKey: "\(key)_unit"))
        } catch {
            return .trouble(error)
        }
    }

    func uncertainty() throws(EvaluationTrouble) -> CertifiedInput.Uncertainty {
        let key = input.document.expandedUncertainty ?? "expanded_uncertainty"
        guard let text = standard.content[key] else { throw .certificateLacks(standard.code, key) }
        let expanded = try coherent(text, key, unitKey: "unit").approximateValue
        guard expanded >= 0 else { throw .certificateLacks(standard.code, key) }
        // What is absent or no number the certificate does not say: k is not guessed.
        guard let factor = try? DecimalNumber(parsing: standard.content["coverage_factor"] ?? ""), factor > .zero else {
            throw .certificateLacks(standard.code, "coverage_factor")
        }
        var degrees: Double?
        if let text = standard.content["degrees_of_freedom"] {
            do {
                degrees = try DecimalNumber(parsing: text).approximateValue
            } catch {
                throw .certificateLacks(standard.code, "degrees_of_freedom")
            }
        }
        return CertifiedInput.Uncertainty(
            expanded: expanded, coverageFactor: factor.approximateValue, degreesOfFreedom: degrees)
    }

    /// A number of the certificate in coherent units; where the certificate names no unit it is the procedure's.
    private func coherent(_ text: String, _ key: String, unitKey: String) throws(EvaluationTrouble) -> WorkingDecimal {
        do {
            let unit = try standard.content[unitKey].map { try MeasurementUnit(parsing: $0).difference } ?? input.unit
            guard unit.dimension == input.unit.dimension else {
                throw EvaluationTrouble.notComputable(
                    "\(standard.code) states \(key) in \(unit.symbol), the procedure needs \(input.unit.symbol)")
            }
            return try unit.toCoherent(WorkingDecimal(DecimalNumber(parsing: text)), asDifference: true)
        } catch let trouble as EvaluationTrouble {
            throw trouble
        } catch {
            throw .notComputable("\(standard.code) \(key) = '\(text)': \(error)")
        }
    }
}
