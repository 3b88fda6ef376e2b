import LLB
import Starlark

/// What the host gives to the prelude: the few things that cannot be written in the language itself.
struct Primitives {
    let request: PlanRequest
    let binding: GraphBinding
    let facts: FactLookup
    /// Not owned: its modules own the heap that holds these functions.
    unowned let files: ProgramFiles
    let declarations: Declarations
    let recovery: Recovery?
    let heap: Heap

    var names: [String: Value] {
        var names: [String: Value] = ["llb": LLBModule.make(binding, in: heap), "facts": factsModule]
        let functions = [
            StandardModules.structure, declarations.declare, declarations.declared, cleanPath, urlHost, projectLines,
            projectPath,
            projectHasFile,
            publicKey, includeLibrary, callStep, binding.blame.failAt,
        ]
        for function in functions { names[function.name] = heap.function(function) }
        return names
    }

    // MARK: - Values

    private var cleanPath: HostFunction {
        HostFunction("clean_path", "path") { $0.heap.string(ImagePath.clean(try $0.bind().string("path"))) }
    }

    /// The host in a URL, without user and port; empty if there is none.
    private var urlHost: HostFunction {
        HostFunction("url_host", "url") { call in
            call.heap.string(Primitives.host(inURL: try call.bind().string("url")))
        }
    }

    static func host(inURL url: String) -> String {
        let bytes = Array(url.utf8)
        guard
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            bytes[(colon + 1)...].starts(with: "//".utf8)
        else { return "" }
        var authority = bytes[(colon + 3)...].prefix { !"/?#".utf8.contains($0) }
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) { authority = authority[(at + 1)...] }
        if authority.first == UInt8(ascii: "["), let end = authority.firstIndex(of: UInt8(ascii: "]")) {
            authority = authority[(authority.startIndex + 1)..<end]
        } else if let port = authority.lastIndex(of: UInt8(ascii: ":")) {
            authority = authority[..<port]
        }
        return String(decoding: authority, as: UTF8.self)
    }

    // MARK: - The project

    /// The lines of a file of the project; None if it cannot be read.
    private var projectLines: HostFunction {
        HostFunction("project_lines", "path") { call in
            let path = try call.bind().string("path")
            // A directory can be opened and holds no line, as upstream sees it.
            if request.project.isDirectory(path) { return call.heap.list([]) }
            guard let bytes = try? request.project.read(path) else { return .none }
            var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            if lines.last?.isEmpty == true { lines.removeLast() }
            return call.heap.list(
                lines.map { line in
                    let content = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
                    return call.heap.string(String(decoding: content, as: UTF8.self))
                })
        }
    }

    /// A path as seen from the project's directory; None if it leads out of it.
    private var projectPath: HostFunction {
        HostFunction("project_path", "path") { call in
            request.project.relativePath(try call.bind().string("path")).map { call.heap.string($0) } ?? .none
        }
    }

    private var projectHasFile: HostFunction {
        HostFunction("project_has_file", "path") { call in
            let path = try call.bind().string("path")
            if case .outside = request.project.locate(path) {
                if request.project.isAncestor(path) { return .false }
                facts.assume(.file(path), "outside of the project, so it was not looked for and is taken to be there")
                return .true
            }
            return .bool(request.project.hasFile(path))
        }
    }

    private var publicKey: HostFunction {
        HostFunction("public_key") { call in
            _ = try call.bind()
            guard let key = request.publicKey else {
                facts.assume(
                    .file("public key"), "made by envd on its first use; the steps from it on will have other digests")
                return call.heap.string("ssh-rsa AAAA placeholder")
            }
            return call.heap.string(key.utf8.last == UInt8(ascii: "\n") ? String(key.dropLast()) : key)
        }
    }

    private var includeLibrary: HostFunction {
        HostFunction("include_library", "url") { call in
            try files.include(
                call.bind().string("url"), for: SourceLocation(userCallIn: call.callStack), in: call.evaluation)
        }
    }

    /// `call_step(function, site, state, build)`: what a function of the program makes of a state.
    private var callStep: HostFunction {
        HostFunction("call_step", "function", "site", "state", "build") { call in
            let arguments = try call.bind()
            let site = try arguments.location("site")
            do {
                return try binding.blame.run(
                    arguments.value("function"), [arguments.value("state"), arguments.value("build")],
                    for: site, in: call.evaluation)
            } catch  where recovery != nil {
                try recovery?.note(error, at: site)
                return arguments.value("state")
            }
        }
    }

    // MARK: - The world

    private var factsModule: Value {
        let image = HostFunction("image", "reference", "site?") { call in
            let arguments = try call.bind()
            let (reference, site) = (try arguments.string("reference"), try arguments.location("site"))
            let fact: ImageFact
            do {
                fact = try binding.blame.attribute(to: site, in: call) { try facts.image(reference, for: site) }
            } catch  where recovery != nil {
                try recovery?.note(error, at: site)
                fact = .unknown
            }
            return call.heap.structure([
                ("env", call.heap.list(fact.environment.map { call.heap.string($0) })),
                ("entrypoint", call.heap.list(fact.entrypoint.map { call.heap.string($0) })),
                ("user", call.heap.string(fact.user)),
                ("working_directory", call.heap.string(fact.workingDirectory)),
            ])
        }
        let release = HostFunction("release", "repository", "site?") { call in
            let arguments = try call.bind()
            let tag = facts.release(try arguments.string("repository"), for: try arguments.location("site"))
            return tag.map { call.heap.string($0) } ?? .none
        }
        let `extension` = HostFunction("extension", "name", "site?") { call in
            let arguments = try call.bind()
            return .bool(facts.hasExtension(try arguments.string("name"), for: try arguments.location("site")))
        }
        return heap.module("facts", [image, release, `extension`].map { ($0.name, heap.function($0)) })
    }
}

/// What a program has declared so far, in the order of its calls.
///
/// A class because the program's calls add to it while the prelude reads it.
final class Declarations {
    private(set) var all: [(kind: String, value: Value)] = []
    private let blame: Blame
    var phase = Phase.open

    /// When a declaration would be lost.
    enum Phase {
        case open
        /// No plan is being made.
        case closed
        /// The program has ended; its steps run.
        case compiling
    }

    init(_ blame: Blame) {
        self.blame = blame
    }

    func removeAll() {
        all = []
    }

    /// `declare(kind, **fields)`: remembers a struct of these fields, of `kind` and of `site`, the call in the user's
    /// program.
    var declare: HostFunction {
        HostFunction("declare") { [self] call in
            switch phase {
            case .open: break
            case .closed:
                throw EvaluationError("no plan is being made: call this in a function that is given to plan(…)")
            case .compiling:
                throw EvaluationError("too late: a step cannot ask for more than its own operations")
            }
            guard let kind = call.positional.first?.asString else { throw EvaluationError("missing argument for kind") }
            let site = blame.userCall(in: call).map { call.heap.host(SiteValue($0)) } ?? .none
            let value = call.heap.structure([("kind", call.heap.string(kind)), ("site", site)] + call.named)
            all.append((kind, value))
            return .none
        }
    }

    /// `declared(kind)`: the declarations of that kind so far.
    var declared: HostFunction {
        HostFunction("declared", "kind") { [self] call in
            let kind = try call.bind().string("kind")
            return call.heap.list(all.filter { $0.kind == kind }.map(\.value))
        }
    }
}
