import EnvdLanguage
import EnvdSyntax
import LLB

extension Rule {
    /// A step that every change of the project repeats stands before one that takes long and does not need it.
    static let expensiveLayerOrder = Rule(
        "expensive-layer-order", .performance, .advice, page: PackageResources.expensive_layer_order_md,
        .plan { program, reporter in
            guard let plan = program.run.plan else { return }
            var changes: [Change] = []
            var victims: [Int: [PlannedCall]] = [:]
            for link in BuildChain(plan.definition).links {
                if link.readsProject {
                    if let change = Change(link, program) {
                        // To move one of so many would change nothing.
                        guard changes.count < 16 else { break }
                        changes.append(change)
                    } else if link.makesProcess {
                        // What sees the whole project and cannot stand elsewhere repeats all that follows anyway.
                        break
                    }
                    continue
                }
                guard link.makesProcess, let call = link.location.flatMap(program.call) else { continue }
                // The first change is before all others, and to move it is a beginning.
                guard let index = changes.firstIndex(where: { program.isLong(call, after: $0) }),
                    changes.allSatisfy({ program.isLong(call, after: $0) })
                else { continue }
                if victims[index]?.contains(where: { $0.range == call.range }) != true {
                    victims[index, default: []].append(call)
                }
            }
            for (index, calls) in victims.sorted(by: { $0.key < $1.key }) {
                let change = changes[index]
                reporter.report(change.place, "\(change.what) repeats \(program.list(calls)), \(change.advice)")
            }
        })
}

/// A step that is done again whenever something changes that is changed all the time.
private struct Change {
    let call: PlannedCall
    let place: Range<Int>
    let kind: Kind
    let what: String
    let advice: String

    enum Kind {
        case copy(source: String, target: String)
        case run
        case wheel
    }

    init?(_ link: BuildChain.Link, _ program: PlannedProgram) {
        guard let call = link.location.flatMap(program.call), call.isOwn else { return nil }
        self.call = call
        func place(_ parameter: String) -> Range<Int> {
            program.argumentRange(parameter, of: call) ?? call.calleeRange
        }
        switch call.name {
        case "io.copy":
            guard case .text(let source)? = call.argument("source"), case .text(let target)? = call.argument("target"),
                program.changesOften(source)
            else { return nil }
            kind = .copy(source: source, target: target)
            self.place = place("source")
            let name = [".", "./", "/", ""].contains(source) ? "the project" : "'\(source)'"
            what = "every change in \(name)"
            advice = "which does not use it; copy it behind that, in a last 'run' with mount_host=True"
        case "run":
            kind = .run
            self.place = place("mount_host")
            what = "every change in the project"
            advice = "which does not look at it; put that before this"
        case "install.python_packages":
            guard case .list(let wheels)? = call.argument("local_wheels"), !wheels.isEmpty,
                call.argument("requirements") == nil
            else { return nil }
            kind = .wheel
            self.place = place("local_wheels")
            what = "for wheels envd mounts the whole project, so that every change in it"
            advice = "which comes later in the build; install wheels in a last 'run' with mount_host=True"
        default: return nil
        }
    }
}

extension PlannedProgram {
    /// The calls by which steps were asked for, for a sentence.
    fileprivate func list(_ calls: [PlannedCall]) -> String {
        let shown = calls.prefix(2).map { "'\($0.name)' of \(line(of: $0))" }
        let rest = calls.count - shown.count
        return (shown + (rest > 0 ? ["\(rest) more"] : [])).joined(separator: rest > 0 ? ", " : " and ")
    }

    /// Where the file says what a parameter of a call of its own is.
    fileprivate func argumentRange(_ name: String, of call: PlannedCall) -> Range<Int>? {
        files.context(run.file)?.calls.first { $0.range == call.range }?.argument(name)?.value.range
    }

    /// Whether it is code, which changes all the time; data and settings do not.
    fileprivate func changesOften(_ source: String) -> Bool {
        let path = String(source.drop { $0 == "/" })
        guard !path.contains(where: { "*?[".contains($0) }) else { return false }
        switch project?.status(path) {
        case .directory: return !quietFolders.contains(path.split(separator: "/").last.map { $0.lowercased() } ?? "")
        case .file: return codeEndings.contains(path.split(separator: ".").last.map { $0.lowercased() } ?? "")
        case .missing, .outside, nil: return false
        }
    }

    /// Whether a call takes long and can do without a step before it.
    fileprivate func isLong(_ call: PlannedCall, after change: Change) -> Bool {
        guard call.hasConditions(of: change.call) else { return false }
        switch (call.name, change.kind) {
        case ("run", .copy(let source, let target)):
            return isDownload(call) { mentions($0, target) || mentions($0, source) }
        case ("run", .run), ("run", .wheel):
            return isDownload(call) { _ in false } && !usesOtherTools(call)
        case (_, .wheel): return installers.contains(call.name)
        default: return false
        }
    }

    /// Whether the commands of a call do nothing but fetch something and put it in its place.
    ///
    /// - Parameter isOther: whether a word has to do with something else.
    private func isDownload(_ call: PlannedCall, _ isOther: (String) -> Bool) -> Bool {
        var isLong = false
        for command in commands(of: call) {
            guard !command.words.contains(where: { isOther($0.text) }), command.redirections.isEmpty else {
                return false
            }
            if isFetching(command) {
                isLong = true
            } else if !harmless.contains(command.name) {
                return false
            }
        }
        return isLong
    }

    private func usesOtherTools(_ call: PlannedCall) -> Bool {
        commands(of: call).contains { !["curl", "wget", "git"].contains($0.name) && !harmless.contains($0.name) }
    }
}

/// Functions whose steps take long, and need nothing of what the project holds.
private let installers: Set<String> = [
    "install.julia_packages", "install.pixi", "install.r_packages", "install.uv",
]

/// What changes together with the data that it belongs to, or hardly ever.
private let quietFolders: Set<String> = [
    "assets", "certs", "conf", "config", "configs", "data", "dataset", "datasets", "dist", "etc", "model", "models",
    "static", "vendor", "weights", "wheels",
]

private let codeEndings: Set<String> = [
    "c", "cc", "cpp", "cu", "go", "h", "hpp", "ipynb", "java", "jl", "js", "kt", "lua", "pl", "py", "pyx", "r", "rb",
    "rs",
    "scala", "swift", "ts", "tsx",
]

private let harmless: Set<String> = [
    "", ":", "cd", "chmod", "chown", "echo", "ln", "mkdir", "mv", "rm", "set", "tar", "true", "unzip",
]

/// Whether a command gets something over the network that has nothing to do with the project.
private func isFetching(_ command: ShellCommand) -> Bool {
    let words = command.arguments.map(\.text)
    switch command.name {
    case "curl", "wget": return words.contains { $0.contains("://") }
    case "git": return words.first == "clone"
    case "npm", "pnpm", "yarn": return words.contains("-g") || words.contains("--global") || words.contains("global")
    case "cargo": return words.first == "install" && !words.contains("--path") && words.count > 1
    case "go": return words.first == "install" && words.contains { $0.contains("@") }
    case "gem": return words.first == "install" && words.count > 1
    case "hf", "huggingface-cli": return words.first == "download"
    case "playwright": return words.first == "install"
    case "python", "python3":
        return words.count > 1 && words[0] == "-m"
            && (words[1] == "nltk.downloader" || words[1] == "spacy" && words.contains("download"))
    default: return false
    }
}

/// Whether a word of a command may have to do with a path of the image or the project.
private func mentions(_ word: String, _ path: String) -> Bool {
    // A copy into the root or the home directory may be anything.
    let parts = path.split(separator: "/").map(String.init).filter { $0 != "." }
    guard let last = parts.last else { return true }
    return word.contains(last) || word == "."
}
