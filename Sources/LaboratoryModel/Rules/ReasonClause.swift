// SPDX-License-Identifier: Apache-2.0

extension Reason {
    /// The clause that the rule comes from.
    package var clause: String {
        switch self {
        case .enteredAndReviewedBySamePerson, .enteredAndSignedBySamePerson: "ISO/IEC 17025:2017, 6.2.6"
        case .measuredByAnother, .verifierSignatureMissing: "Circular 24/2013/TT-BKHCN, Art. 41(11)"
        case .noSigningAuthority, .alreadySigned: "Circular 24/2013/TT-BKHCN, Art. 41(11)"
        case .noCard, .cardExpired, .cardDoesNotCover: "Circular 24/2013/TT-BKHCN, Art. 43(4)"
        case .notDesignated: "Circular 24/2013/TT-BKHCN, Art. 15"
        case .standardMissing, .standardNotCalibrated, .standardNotCertified: "Law 04/2011/QH13, Art. 14(6)"
        case .procedureNotInForce, .procedureDoesNotCover: "Circular 23/2013/TT-BKHCN, Art. 20(3)"
        case .nothingMeasured, .nozzleIncomplete, .pointMissing, .stepMissing, .readingMissing,
            .characteristicsMissing, .conditionMissing, .conditionOutsideLimits, .notComputable, .uncertaintyTooLarge:
            "Circular 23/2013/TT-BKHCN, Art. 20(3)"
        case .typeApprovalMissing: "Circular 23/2013/TT-BKHCN, Art. 4(1)"
        case .standardOutOfRange, .standardTooUncertain, .certificateLacks: "ISO/IEC 17025:2017, 6.4.5 and 6.5"
        case .stepFailed, .resultBeyondLimits: "Circular 23/2013/TT-BKHCN, Art. 20(3)"
        case .coverageFactorUndetermined: "JCGM 100:2008, G.4"
        case .notConcludedPass, .evidenceOnFailure, .notCalibrated: "Circular 24/2013/TT-BKHCN, Art. 38"
        case .alreadyIssued, .reportExists, .documentNotInState, .amendsAnotherMeasurement: "ISO/IEC 17025:2017, 7.8.8"
        case .stampUnknown, .stampNotInStock, .stampUsed, .evidenceMissing: "Circular 24/2013/TT-BKHCN, Art. 38"
        case .sampleRejected: "ISO/IEC 17025:2017, 7.4.3"
        case .resultsMissing, .resultsNotApproved, .nothingToReview: "ISO/IEC 17025:2017, 7.8.1.1"
        case .correctionAfterReport: "ISO/IEC 17025:2017, 7.8.8.1"
        case .contentIncomplete(_, let clause, _, _): clause
        case .noCheckAddress: "config: public_url"
        case .wrongPIN, .noPIN, .pinLocked: "ISO/IEC 17025:2017, 7.11.3"
        case .overrideBeyondLaw: "Circular 23/2013/TT-BKHCN, Art. 20(7)"
        case .alreadySuspended, .notSuspended, .planDecided: "register of deadlines"
        case .clockHeld, .clockNotHeld: "ISO/IEC 17025:2017, 7.11.3"
        case .intervalDecided: "ISO/IEC 17025:2017, 6.4.7"
        case .jobState: "queue of jobs"
        case .customerMerged: "register of customers"
        case .ruleOfDatabase(let constraint): constraint
        }
    }
}
