// SPDX-License-Identifier: Apache-2.0

/// The eight testing fields by their codes in the catalogue.
enum TestingField: String, CaseIterable, Sendable {
    case agriculture = "agriculture"
    case food = "food"
    case fertiliser = "fertiliser"
    case petroleum = "petroleum"
    case environment = "environment"
    case construction = "construction"
    case electrical = "electrical"
    case consumerGoods = "consumer_goods"
}

/// The ministries whose bodies order tests, by their codes in the catalogue.
enum Ministry: String, CaseIterable, Sendable {
    case science = "MOST"
    case agriculture = "MARD"
    case health = "MOH"
    case industry = "MOIT"
    case environment = "MONRE"
    case construction = "MOC"
    case labour = "MOLISA"
}
