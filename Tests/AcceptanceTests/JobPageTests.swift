// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@Suite("The queue in a browser, its script run")
struct JobPageTests {
    private static let node = "/usr/bin/node"

    /// A window without a screen: it draws the page from answers, presses the first button, and prints texts and requests.
    private static let window = #"""
        class Node_ {
          constructor(tag) { Object.assign(this, {tag, children: [], textContent: '', value: ''}); }
          append(...more) { this.children.push(...more); }
          replaceChildren(...all) { this.children = all; }
          made(tag) { const made = new Node_(tag); this.children.push(made); return made; }
          insertRow() { return this.made('tr'); }
          insertCell() { return this.made('td'); }
          createTHead() { return this.made('thead'); }
          createTBody() { return this.made('tbody'); }
        }
        const nodes = {}, sent = [], find = (name) => nodes[name] ??= new Node_(name);
        const answers = {
          '/v1/job-overview': {lanes: [{lane: '<b>mail', is_paused: false, ready: 3}], workers: []},
          '/v1/job-schedules': {items: []},
          '/v1/jobs?state=dead&limit=100': {items: [{id: 9, kind: 'letter', lane: 'mail', attempt: 3, last_error: 'no paper'}]}};
        const document = {createElement: (tag) => new Node_(tag), querySelector: find, documentElement: new Node_('html')};
        const prompt = () => 'paper came', setTimeout = () => 1, clearTimeout = () => {};
        const fetch = async (path, options) => {
          sent.push([options.method, path, options.body, options.headers.Authorization].filter(Boolean).join(' '));
          return {ok: true, json: async () => answers[path] ?? {}};
        };
        const texts = (node) => [node.textContent, ...node.children.flatMap(texts)].filter(Boolean);
        const buttons = (node) => node.tag === 'button' ? [node] : node.children.flatMap(buttons);
        const turn = () => new Promise((resume) => setImmediate(resume));
        new Function('document', 'navigator', 'prompt', 'setTimeout', 'clearTimeout', 'fetch', process.argv[1])(
          document, {language: 'en'}, prompt, setTimeout, clearTimeout, fetch);
        (async () => {
          find('#token').value = ' secret ';
          find('#door').onsubmit({preventDefault() {}});
          await turn(); await turn();
          console.log(texts(find('main')).join('|'));
          await buttons(find('main'))[0].onclick();
          console.log(sent.join('\n'));
          find('#other').onclick();
          console.log(find('h1').textContent);
        })();
        """#

    @Test(.enabled(if: access(node, X_OK) == 0))
    func `it shows what it is told as text, and sends a person's reason with the token`() async throws {
        let laboratory = try await Laboratory.shared.value
        let page = try await WireExchange.get("/jobs", socket: laboratory.daemon.socket).body
        let opened = try #require(page.firstRange(of: "'use strict'"))
        let closed = try #require(page.firstRange(of: "</script>"))
        let script = String(page[opened.lowerBound..<closed.lowerBound])
        let run = try await ProgramRun.of(Self.node, ["-e", Self.window, script], seconds: 20)
        #expect(run.exitCode == 0, "\(run.errors)")
        let told = run.outputLines
        #expect(
            told.first?.contains("Jobs that wait for a person") == true && told.first?.contains("|no paper|Retry|Cancel|") == true
        )
        #expect(told.first?.contains("|<b>mail|no|3|") == true)
        #expect(told.contains(#"POST /v1/job-retries {"job":9,"reason":"paper came"} Bearer secret"#), "\(told)")
        #expect(told.last == "Việc chạy nền")
    }
}
