// SPDX-License-Identifier: Apache-2.0

/// Permissible errors of weighing instruments; the numbers are independent worked cases of OIML R 76-1:2006.
enum WeighingTable {
    /// class | e | load | control | permissible error, or none beyond the table
    static let permissibleErrors = table(
        """
        III | 1 | 0 | initial | 0.5
        III | 1 | 1 | initial | 0.5
        III | 1 | 500 | initial | 0.5
        III | 1 | 501 | initial | 1
        III | 1 | 2000 | initial | 1
        III | 1 | 2001 | initial | 1.5
        III | 1 | 10000 | initial | 1.5
        II | 0.1 | 500 | initial | 0.05
        II | 0.1 | 500.1 | initial | 0.1
        II | 0.1 | 2000.1 | initial | 0.15
        I | 0.001 | 50 | initial | 0.0005
        I | 0.001 | 200 | initial | 0.001
        I | 0.001 | 220 | initial | 0.0015
        IIII | 5 | 250 | initial | 2.5
        IIII | 5 | 255 | initial | 5
        IIII | 5 | 1005 | initial | 7.5
        IIII | 5 | 5005 | initial | none
        III | 1 | 500 | in_service | 1
        III | 1 | 2000 | in_service | 2
        III | 1 | 2001 | in_service | 3
        II | 1 | 15000 | in_service | 2
        III | 0.02 | 10 | initial | 0.01
        III | 0.0001 | 0.05 | initial | 0.00005
        III | 0.001 | 0.5 | initial | 0.0005
        III | 1 | -20 | initial | 0.5
        """
    )

    /// class | e | indication | added load | load | error at zero | error | corrected error | within, or none
    static let changeovers = table(
        """
        III | 5 | 1000 | 1.5 | 1000 | 0.5 | 1 | 0.5 | none
        III | 1 | 501 | 0.9 | 500 | 0.0 | 0.6 | 0.6 | false
        II | 0.1 | 1999.9 | 0.02 | 2000 | 0.02 | -0.07 | -0.09 | true
        III | 0.02 | 10.00 | 0.010 | 10 | 0 | 0 | 0 | true
        III | 10 | 6000 | 3 | 6000 | -2 | 2 | 4 | true
        """
    )

    /// class | e in grams | Max in grams | whether the class allows both
    static let classDemands = table(
        """
        III | 1 | 3000 | true
        III | 5 | 2000 | false
        III | 5 | 2500 | true
        III | 2 | 200 | true
        II | 0.1 | 400 | false
        I | 0.001 | 220 | true
        IIII | 5 | 5000 | true
        IIII | 2 | 400 | false
        """
    )
}
