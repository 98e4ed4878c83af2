// SPDX-License-Identifier: Apache-2.0

/// Rounding cases; the numbers are independent worked cases, among them those of ISO 80000-1, Annex B, of
/// JCGM 100:2008, 7.2, and of EA-4/02.
enum RoundingTable {
    /// value | step | mode | rounded
    static let multiples = table(
        """
        12.223 | 0.1 | half_even | 12.2
        12.251 | 0.1 | half_even | 12.3
        12.275 | 0.1 | half_even | 12.3
        12.25 | 0.1 | half_even | 12.2
        12.35 | 0.1 | half_even | 12.4
        1235.0 | 10 | half_even | 1240
        12.25 | 0.1 | half_away | 12.3
        12.35 | 0.1 | half_away | 12.4
        -12.25 | 0.1 | half_away | -12.3
        12.254 | 0.1 | half_even | 12.3
        2.675 | 0.01 | half_even | 2.68
        1.005 | 0.01 | half_away | 1.01
        1.115 | 0.01 | half_even | 1.12
        0.5 | 1 | half_even | 0
        1.5 | 1 | half_even | 2
        2.5 | 1 | half_even | 2
        2.5 | 1 | half_away | 3
        3.5 | 1 | half_even | 4
        -0.4 | 1 | half_even | 0
        0.0500000000000000001 | 0.1 | half_even | 0.1
        9.95 | 0.1 | half_even | 10.0
        99.95 | 0.1 | half_away | 100.0
        10.013 | 0.005 | half_even | 10.015
        10.0125 | 0.005 | half_even | 10.010
        7.5 | 0.2 | half_even | 7.6
        33 | 50 | half_even | 50
        25 | 50 | half_even | 0
        -75 | 50 | half_even | -100
        0.1201 | 0.01 | ceiling | 0.13
        -0.129 | 0.01 | ceiling | -0.12
        3.0001 | 1 | away | 4
        0.12 | 0.01 | ceiling | 0.12
        """
    )

    /// value | significant digits | mode | rounded
    static let significantDigits = table(
        """
        9.96 | 2 | half_even | 10
        0.0996 | 2 | half_even | 0.10
        0.0123456 | 3 | half_even | 0.0123
        123456 | 2 | half_even | 120000
        6.62607015e-34 | 3 | half_even | 0.000000000000000000000000000000000663
        1.25 | 2 | half_even | 1.2
        1.35 | 2 | half_even | 1.4
        0.9949 | 2 | half_even | 0.99
        0.995 | 2 | half_even | 1.0
        4.5e8 | 1 | half_even | 400000000
        """
    )

    /// value | U | significant digits | mode of U | mode of the value | rounded value | rounded U | step
    static let reports = table(
        """
        10.05762 | 0.027 | 2 | nearest | half_even | 10.058 | 0.027 | 0.001
        100.000 | 28.05 | 2 | nearest | half_even | 100 | 28 | 1
        100.02147 | 0.00079 | 2 | nearest | half_even | 100.02147 | 0.00079 | 0.00001
        10000.025 | 0.0585235 | 2 | nearest | half_even | 10000.025 | 0.059 | 0.001
        0.1 | 0.048663744 | 1 | nearest | half_even | 0.10 | 0.05 | 0.01
        36228.769 | 49.932501 | 2 | nearest | half_even | 36229 | 50 | 1
        1000.5 | 1.281741 | 2 | nearest | half_even | 1000.5 | 1.3 | 0.1
        12.3456 | 0.0996 | 2 | nearest | half_even | 12.35 | 0.10 | 0.01
        12.3456 | 0.995 | 2 | nearest | half_even | 12.3 | 1.0 | 0.1
        5.55 | 0.96 | 1 | nearest | half_even | 6 | 1 | 1
        -12.3456 | 0.0231 | 2 | nearest | half_even | -12.346 | 0.023 | 0.001
        -0.0004 | 0.023 | 2 | nearest | half_even | 0.000 | 0.023 | 0.001
        123456.7 | 1234 | 2 | nearest | half_even | 123500 | 1200 | 100
        0.000012345 | 0.00000067 | 2 | nearest | half_even | 0.00001234 | 0.00000067 | 0.00000001
        2.5e3 | 0.31 | 2 | nearest | half_even | 2500.00 | 0.31 | 0.01
        1.5 | 20 | 2 | nearest | half_even | 2 | 20 | 1
        0.04 | 3.7 | 2 | nearest | half_even | 0.0 | 3.7 | 0.1
        20.14 | 1.04 | 1 | five_percent | half_even | 20 | 1 | 1
        20.14 | 1.06 | 1 | five_percent | half_even | 20 | 2 | 1
        20.14 | 1.4 | 1 | five_percent | half_even | 20 | 2 | 1
        20.14 | 0.44 | 1 | five_percent | half_even | 20.1 | 0.5 | 0.1
        20.148 | 0.1049 | 2 | five_percent | half_even | 20.15 | 0.10 | 0.01
        20.148 | 0.0203 | 1 | five_percent | half_even | 20.15 | 0.02 | 0.01
        7.0001 | 0.00210526 | 1 | five_percent | half_even | 7.000 | 0.002 | 0.001
        3.14159 | 0.0201 | 2 | up | half_even | 3.142 | 0.021 | 0.001
        3.14159 | 0.0200 | 2 | up | half_even | 3.142 | 0.020 | 0.001
        3.14159 | 0.901 | 1 | up | half_even | 3 | 1 | 1
        1.2345 | 0.012 | 2 | nearest | half_even | 1.234 | 0.012 | 0.001
        1.2345 | 0.012 | 2 | nearest | half_away | 1.235 | 0.012 | 0.001
        1.2355 | 0.012 | 2 | nearest | half_even | 1.236 | 0.012 | 0.001
        0.0245 | 0.125 | 2 | nearest_half_away | half_even | 0.02 | 0.13 | 0.01
        0.0245 | 0.135 | 2 | nearest | half_even | 0.02 | 0.14 | 0.01
        49.999926 | 0.0000727875 | 2 | nearest | half_even | 49.999926 | 0.000073 | 0.000001
        30.04325 | 0.0448771 | 2 | nearest | half_even | 30.043 | 0.045 | 0.001
        """
    )
}
