// SPDX-License-Identifier: Apache-2.0

/// Why a rule of the laboratory refuses; each names its clause and says what to do.
package enum Reason: Sendable, Equatable {
    // people
    case enteredAndReviewedBySamePerson(item: String)
    case enteredAndSignedBySamePerson(document: String)
    case measuredByAnother(document: String, verifier: String)
    case noSigningAuthority(level: String, on: String)
    case alreadySigned(document: String, step: String)
    case verifierSignatureMissing(document: String)
    case noCard(verifier: String, on: String)
    case cardExpired(verifier: String, card: String, expired: String, workedOn: String)
    case cardDoesNotCover(verifier: String, family: String)
    // scope, standards, procedure
    case notDesignated(type: String, on: String)
    case standardMissing(kind: CodedName)
    case standardNotCalibrated(standard: String, until: String?, workedOn: String)
    case standardNotCertified(standard: String, until: String?, workedOn: String)
    case procedureNotInForce(procedure: String, on: String)
    case procedureDoesNotCover(procedure: String, kind: String, type: String)
    case typeApprovalMissing(type: String)
    // work
    case nothingMeasured
    case nozzleIncomplete(channel: Int, point: CodedName, missing: Int, phase: String)
    case pointMissing(point: CodedName, missing: Int)
    case readingMissing(channel: Int?, point: CodedName, quantity: CodedName)
    case characteristicsMissing(names: [String])
    case conditionMissing(quantity: CodedName)
    case conditionOutsideLimits(quantity: CodedName, value: String, lower: String?, upper: String?, unit: String)
    case standardOutOfRange(standard: String, covered: String, needed: String)
    case standardTooUncertain(standard: String, uncertainty: String, largest: String)
    case certificateLacks(standard: String, value: String)
    case notComputable(result: CodedName, point: CodedName?, why: String)
    case uncertaintyTooLarge(result: CodedName, point: CodedName?, uncertainty: String, largest: String, unit: String)
    case stepMissing(step: CodedName)
    case stepFailed(step: CodedName)
    case resultBeyondLimits(
        channel: Int?, result: CodedName, point: CodedName?, repetition: Int?, value: String, lower: String?, upper: String?,
        unit: String)
    case coverageFactorUndetermined(point: CodedName)
    case notConcludedPass(outcome: String)
    case notCalibrated
    case alreadyIssued(label: String)
    // stamps
    case stampUnknown(stamp: String)
    case stampNotInStock(stamp: String, holder: String)
    case stampUsed(stamp: String, state: String)
    case evidenceMissing(kind: String)
    case evidenceOnFailure
    // samples and documents
    case sampleRejected(sample: String)
    case resultsMissing(sample: String, indicators: [String])
    case resultsNotApproved(sample: String, indicators: [String])
    case nothingToReview(sample: String)
    case correctionAfterReport(sample: String, report: String)
    case documentNotInState(document: String, state: String, needed: [String])
    case amendsAnotherMeasurement(document: String, measurement: Int64)
    case reportExists(sample: String, report: String)
    case contentIncomplete(field: String, clause: String, vi: String, en: String)
    case noCheckAddress
    case wrongPIN(left: Int)
    case noPIN
    case pinLocked
    // deadlines
    case overrideBeyondLaw(subject: String, legal: String, asked: String)
    case alreadySuspended(subject: String)
    case notSuspended(subject: String)
    case intervalDecided(proposal: Int64, decision: String)
    case planDecided(plan: Int64, decision: String)
    // jobs
    case jobState(job: Int64, state: String)
    // customers
    case clockHeld(since: String)
    case clockNotHeld
    case customerMerged(customer: String, into: String)
    case ruleOfDatabase(constraint: String)

    /// Stable code for programs: the case's name in lower case with hyphens, a run of capitals as one word.
    package var code: String {
        let letters = Array("\(self)".prefix { $0.isLetter })
        var code = ""
        for (index, letter) in letters.enumerated() {
            let startsWord =
                letter.isUppercase && index > 0
                && (!letters[index - 1].isUppercase || (index + 1 < letters.count && !letters[index + 1].isUppercase))
            code += (startsWord ? "-" : "") + letter.lowercased()
        }
        return code
    }
}
