// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Where the renderer is found.
package enum RendererEndpoint: Sendable, Equatable {
    /// A child that this process starts and supervises.
    case child(RendererProgram)
    /// The Unix socket of a renderer that somebody else supervises.
    case socket(path: String)
}

/// How to start a renderer of one's own.
package struct RendererProgram: Sendable, Equatable {
    /// The python of the renderer's virtual environment.
    package var python: String
    /// The renderer's source file.
    package var script: String
    /// The folder of templates.
    package var templates: String
    /// The folders of fonts; no others are used.
    package var fonts: [String]
    /// The user to run as when this process is root; nil keeps the user.
    package var user: String?

    /// Debian's places of the fonts that the templates ask for.
    package static let debianFonts = [
        "/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/truetype/dejavu",
    ]

    /// A renderer of one's own.
    package init(
        python: String, script: String, templates: String, fonts: [String] = RendererProgram.debianFonts,
        user: String? = nil
    ) {
        self.python = python
        self.script = script
        self.templates = templates
        self.fonts = fonts
        self.user = user
    }

    /// The whole command; `setpriv` gives up root for good before Python starts.
    func arguments(isRoot: Bool) throws(UnknownUser) -> [String] {
        var command: [String] = []
        if isRoot, let user {
            let ids = try Self.identifiers(of: user)
            command = [
                "/usr/bin/setpriv", "--reuid=\(ids.user)", "--regid=\(ids.group)", "--init-groups",
                "--no-new-privs", "--inh-caps=-all", "--",
            ]
        }
        command += [python, "-I", "-B", script, "--templates", templates]
        return command + fonts.flatMap { ["--fonts", $0] }
    }

    private static func identifiers(of user: String) throws(UnknownUser) -> (user: uid_t, group: gid_t) {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwnam_r(user, &entry, &buffer, buffer.count, &found) == 0, found != nil else {
            throw UnknownUser(name: user)
        }
        return (entry.pw_uid, entry.pw_gid)
    }
}

/// A user that this machine does not know.
struct UnknownUser: Error, Equatable {
    let name: String
}

/// Connects to a Unix socket; the descriptor is the caller's to close.
func connectedDescriptor(path: String) throws(SpawnError) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name = Array(path.utf8)
    guard name.count < MemoryLayout.size(ofValue: address.sun_path) else {
        throw SpawnError(code: ENAMETOOLONG, program: path)
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw SpawnError(code: errno, program: "socket") }
    let outcome = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
    guard outcome == 0 else {
        let code = errno
        close(descriptor)
        throw SpawnError(code: code, program: path)
    }
    return descriptor
}
