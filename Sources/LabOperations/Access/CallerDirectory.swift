// SPDX-License-Identifier: Apache-2.0
internal import Digests
package import LabStore
package import LaboratoryModel

/// Knows who is calling: by token, else by the account of the operating system at the other end of the Unix socket.
///
/// Root and the daemon's own account are administrator only until one exists.
package struct CallerDirectory: Sendable {
    private let store: LabStore
    private let ownUID: UInt32

    package init(store: LabStore, ownUID: UInt32) {
        (self.store, self.ownUID) = (store, ownUID)
    }

    /// The person who holds a token, or nil.
    package func caller(token: String) async throws -> Caller? {
        let hash = SHA256.hex(token)
        return try await store.read { database in
            try database.find(Statements.callerByToken, hash).map(Caller.init)
        }
    }

    /// The person with an account, or nil.
    package func caller(uid: UInt32, account: String?) async throws -> Caller? {
        let mayBegin = uid == 0 || uid == ownUID
        return try await store.read { database in
            if let account, let row = try database.find(Statements.callerByOsUser, account) { return Caller(row) }
            guard mayBegin, try !database.only(Statements.administratorExists).found else { return nil }
            return Caller(
                personID: nil, username: account ?? "uid \(uid)", name: account ?? "uid \(uid)", roles: [.administrator])
        }
    }
}

extension Caller {
    init(_ row: PersonRow) {
        self.init(
            personID: row.id, username: row.username, name: row.name, roles: Set(row.roles.compactMap(Role.init(rawValue:))))
    }
}
