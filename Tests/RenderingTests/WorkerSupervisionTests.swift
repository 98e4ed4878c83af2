// SPDX-License-Identifier: Apache-2.0

import Certificates
import FoundationEssentials
import Glibc
import Logging
import Rendering
import Testing

@Suite("Supervision of the renderer", .serialized)
struct WorkerSupervisionTests {
    private func label() throws -> [UInt8] { try Installation.example("sample_label").canonicalBytes() }

    /// A renderer whose program is a few lines of Python given here.
    private func renderer(
        running source: String, in folder: ScratchFolder, timeLimit: Duration = .milliseconds(300)
    ) throws -> TypstRenderer {
        let script = try folder.write(Array(source.utf8), to: "worker.py")
        let program = RendererProgram(python: "/usr/bin/python3", script: script, templates: "/", fonts: [])
        return TypstRenderer(endpoint: .child(program), timeLimit: timeLimit, logger: Logger(label: "tests"))
    }

    private static let sayReady = """
        import sys, struct, time, json
        def say(answer):
            body = json.dumps(answer).encode()
            sys.stdout.buffer.write(struct.pack(">I", len(body)) + body)
            sys.stdout.buffer.flush()
        say({"ready": "a worker of the tests"})

        """

    @Test func `a worker killed between two documents is replaced without a word`() async throws {
        let renderer = try Installation.renderer()
        let first = try await renderer.render(label())
        let victim = try #require(await renderer.workerIdentifier)
        kill(victim, SIGKILL)
        // Wait for the system to close its end of the stream, without collecting the child.
        var status = siginfo_t()
        waitid(P_PID, id_t(victim), &status, WEXITED | WNOWAIT)
        #expect(try await renderer.render(label()) == first)
        #expect(await renderer.workerIdentifier != victim)
    }

    @Test func `content that is no document is refused and the worker lives on`() async throws {
        let renderer = try Installation.renderer()
        _ = try await renderer.render(label())
        let worker = await renderer.workerIdentifier
        await #expect(throws: RenderingError.self) { try await renderer.render(Array("{\"kind\":".utf8)) }
        _ = try await renderer.render(label())
        #expect(await renderer.workerIdentifier == worker)
    }

    @Test func `a document that hangs is given up, and its worker with it`() async throws {
        let folder = try ScratchFolder()
        let renderer = try renderer(running: Self.sayReady + "time.sleep(600)\n", in: folder)
        _ = try await renderer.engine()
        let hung = try #require(await renderer.workerIdentifier)
        let content = try label()
        await #expect(throws: RenderingError.timeLimit(.milliseconds(300))) {
            try await renderer.render(content)
        }
        #expect(kill(hung, 0) == -1, "the hung worker is gone")
        #expect(try await renderer.engine() == "a worker of the tests")
    }

    @Test func `a worker that dies over its document makes the job wait`() async throws {
        let folder = try ScratchFolder()
        let renderer = try renderer(
            running: Self.sayReady + "sys.stdin.buffer.read(4)\nsys.exit(3)\n", in: folder)
        let content = try label()
        let lost = RenderingError.unavailable("the worker ended while it rendered")
        await #expect(throws: lost) { try await renderer.render(content) }
        await #expect(throws: lost) { try await renderer.render(content) }
        let error = await #expect(throws: RenderingError.self) { try await renderer.render(content) }
        #expect(try #require(error).description.contains("failed 2 times"))
        #expect(await renderer.workerIdentifier == nil)
    }

    @Test func `a worker that has done its share is replaced by another`() async throws {
        let folder = try ScratchFolder()
        let source = """
            import base64
            count = 0
            while count < 2:
                sys.stdin.buffer.read(struct.unpack(">I", sys.stdin.buffer.read(4))[0])
                count += 1
                page = base64.b64encode(b"page %d" % count).decode()
                say({"engine": "tests", "pdf_base64": page, "last": count == 2})
            """
        let renderer = try renderer(running: Self.sayReady + source, in: folder, timeLimit: .seconds(20))
        var pages: [String] = []
        for _ in 0..<5 {
            pages.append(String(decoding: try await renderer.render(label()).pdf, as: UTF8.self))
        }
        #expect(pages == ["page 1", "page 2", "page 1", "page 2", "page 1"])
    }

    @Test func `a worker that talks nonsense is no worker`() async throws {
        let folder = try ScratchFolder()
        let renderer = try renderer(running: "print('hello, this is not a frame')\n", in: folder)
        let content = try label()
        await #expect(throws: RenderingError.self) { try await renderer.render(content) }
    }

    @Test func `without a program or a socket every document waits`() async throws {
        let content = try label()
        let absent = RendererProgram(python: "/nonexistent/python", script: "x", templates: "x")
        let endpoints: [RendererEndpoint] = [
            .child(absent), .socket(path: "/nonexistent/renderer.sock"),
            .socket(path: String(repeating: "x", count: 200)),
        ]
        for endpoint in endpoints {
            let renderer = TypstRenderer(endpoint: endpoint, logger: Logger(label: "tests"))
            let error = await #expect(throws: RenderingError.self) { try await renderer.render(content) }
            guard case .unavailable = try #require(error) else {
                Issue.record("\(endpoint) is not unavailable")
                continue
            }
        }
    }

    @Test func `a renderer behind a socket serves two daemons, and a stopped one makes them wait`()
        async throws
    {
        let folder = try ScratchFolder()
        let socket = folder.path("renderer.sock")
        let program = try Installation.program()
        let command = [
            program.python, "-I", "-B", program.script, "--templates", program.templates, "--socket", socket,
        ]
        let server = try Tool.start(command + program.fonts.flatMap { ["--fonts", $0] })
        let logger = Logger(label: "tests")
        let first = TypstRenderer(endpoint: .socket(path: socket), logger: logger)
        let second = TypstRenderer(endpoint: .socket(path: socket), logger: logger)
        // The server needs a moment to listen.
        let deadline = ContinuousClock.now + .seconds(30)
        while !FileManager.default.fileExists(atPath: socket), ContinuousClock.now < deadline {
            await Task.yield()
        }
        let content = try label()
        let page = try await retrying(until: deadline) { try await first.render(content) }
        #expect(try await second.render(content) == page)
        #expect(try await first.render(content) == page)
        #expect(await first.workerIdentifier == nil)

        kill(server, SIGTERM)
        _ = Tool.wait(for: server)
        await first.stop()
        await #expect(throws: RenderingError.self) { try await first.render(content) }
        await second.stop()
    }

    private func retrying<R>(until deadline: ContinuousClock.Instant, _ body: () async throws -> R)
        async throws -> R
    {
        while true {
            do {
                return try await body()
            } catch RenderingError.unavailable where ContinuousClock.now < deadline {
                await Task.yield()
            }
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can become another user"))
    func `started by root, the worker runs as the user named and cannot become root again`() async throws {
        let program = try Installation.program(user: "nobody")
        let renderer = TypstRenderer(endpoint: .child(program), logger: Logger(label: "tests"))
        _ = try await renderer.render(label())
        let worker = try #require(await renderer.workerIdentifier)
        let status = String(
            decoding: try Data(contentsOf: URL(filePath: "/proc/\(worker)/status")), as: UTF8.self)
        #expect(status.contains("Uid:\t65534\t65534\t65534\t65534"))
        #expect(status.contains("NoNewPrivs:\t1"))
    }

    @Test func `a user unknown to the machine is no reason to run as root`() async throws {
        guard geteuid() == 0 else { return }
        let program = try Installation.program(user: "no-such-user")
        let renderer = TypstRenderer(endpoint: .child(program), logger: Logger(label: "tests"))
        let content = try label()
        await #expect(throws: RenderingError.self) { try await renderer.render(content) }
    }
}
