import EnvdLanguage
import LLB

/// What a step does, in pieces that every text and picture of a plan is made of. Nothing is shortened here, and nothing made
/// safe for a terminal or a page.
package struct StepDescription: Sendable {
    /// What people call it: its name in the builder's progress, else what it does.
    package private(set) var title: String
    /// Whether the title is all of the command.
    package private(set) var isTitleTheCommand = false
    /// The process of a step that runs one.
    package private(set) var command: ReadableCommand?
    package private(set) var details: [Detail] = []

    /// A line about a step: `cache  /root/.cache/pip, shared`.
    package struct Detail: Sendable, Hashable {
        package let name: String
        package let text: String
        /// Whether a short description leaves it out: the title says it too, or few want to know.
        package let isMinor: Bool
    }

    package init(_ step: PlanStep) {
        title = step.title
        switch step.operation.body {
        case .exec(let exec): describe(exec, step)
        case .file(let actions): for action in actions { describe(action, step) }
        case .source(let source): describe(source)
        case .build, .merge, .diff, nil: break
        }
        add("digest", step.digest.description, isMinor: true)
    }

    private mutating func add(_ name: String, _ text: String, isMinor: Bool = false) {
        details.append(Detail(name: name, text: text, isMinor: isMinor))
    }

    // MARK: - Processes

    private mutating func describe(_ exec: Operation.Exec, _ step: PlanStep) {
        let command = ReadableCommand(exec.arguments)
        self.command = command
        if step.name.isEmpty {
            title = command.lines.joined(separator: "; ")
            isTitleTheCommand = command.lines.count == 1
        }
        if !command.settings.isEmpty { add("shell", command.settings, isMinor: true) }
        for mount in exec.mounts where mount.destination != "/" || mount.kind != .bind {
            describe(mount, step)
        }
        let isUnusual = exec.directory != "/"
        if isUnusual { add("in", exec.directory, isMinor: true) }
        if !exec.user.isEmpty, exec.user != "root" { add("as", exec.user, isMinor: true) }
        if exec.network != .sandbox { add("network", "\(exec.network)") }
        if exec.security != .sandbox { add("security", "\(exec.security)") }
        for variable in exec.secretVariables { add("secret", "\(variable.id), in \(variable.name)") }
        for device in exec.devices { add("device", device.name) }
        for variable in exec.environment { add("env", variable, isMinor: true) }
    }

    private mutating func describe(_ mount: Operation.Mount, _ step: PlanStep) {
        let path = mount.selector.isEmpty ? "" : ReadableCommand.quoted(mount.selector) + " of "
        let from = StepDescription.input(mount.input, of: step).map { ", from \(path)step \($0)" } ?? ""
        let access = mount.isReadonly ? ", read-only" : ""
        switch mount.kind {
        case .bind: add("mount", mount.destination + from + access)
        case .tmpfs(let size): add("tmpfs", mount.destination + (size > 0 ? ", \(size) bytes" : "") + access)
        case .cache(let id, let sharing):
            add("cache", "\(mount.destination), \(sharing)\(from)\(access)")
            add("cache id", id, isMinor: true)
        case .secret(let agent): add("secret", "\(agent.id), at \(mount.destination)")
        case .ssh(let agent):
            add("ssh agent", "\(agent.id.isEmpty ? "default" : agent.id), at \(mount.destination)")
        }
    }

    /// The number of the step that an input is the result of.
    static func input(_ index: Int, of step: PlanStep) -> Int? {
        step.needs.indices.contains(index) ? step.needs[index] : nil
    }

    // MARK: - Files

    private mutating func describe(_ action: Operation.FileAction, _ step: PlanStep) {
        switch action.kind {
        case .copy(let copy):
            let from = StepDescription.input(action.secondaryInput, of: step).map { " of step \($0)" } ?? ""
            add("copy", "\(copy.source)\(from) to \(copy.destination)", isMinor: isSaid(copy.source, copy.destination))
            describe(copy.owner, StepDescription.mode(copy))
        case .makeFile(let file):
            let lines = String(decoding: file.data, as: UTF8.self).nonemptyLines
            let count = "\(lines.count) \(lines.count == 1 ? "line" : "lines")"
            add("write", "\(file.path), \(count)", isMinor: isSaid(file.path))
            describe(file.owner, StepDescription.octal(file.mode))
            for line in lines { add("content", String(line), isMinor: true) }
        case .makeDirectory(let directory):
            add("make", directory.path, isMinor: isSaid(directory.path))
            describe(directory.owner, StepDescription.octal(directory.mode))
        case .makeSymlink(let link):
            add("link", "\(link.path) to \(link.target)", isMinor: isSaid(link.path, link.target))
            describe(link.owner, nil)
        case .remove(let removal): add("remove", removal.path, isMinor: isSaid(removal.path))
        }
    }

    private func isSaid(_ paths: String...) -> Bool {
        paths.allSatisfy { title.containsBytes(of: $0) }
    }

    private mutating func describe(_ owner: Operation.Owner?, _ mode: String?) {
        let owner = owner.map { "\(StepDescription.name($0.user)):\(StepDescription.name($0.group))" }
        let text = [mode.map { "mode \($0)" }, owner.map { "owner \($0)" }].compactMap { $0 }.joined(separator: ", ")
        if !text.isEmpty { add("with", text, isMinor: true) }
    }

    static func octal(_ mode: Int) -> String { "0" + String(mode, radix: 8) }

    /// The mode that copies get: octal, or as chmod takes it; nil if they keep what they have.
    static func mode(_ copy: Operation.Copy) -> String? {
        if !copy.symbolicMode.isEmpty { return copy.symbolicMode }
        return copy.mode < 0 ? nil : octal(copy.mode)
    }

    /// An account by number or name; empty if there is none.
    static func name(_ account: Operation.Account?) -> String {
        switch account {
        case .id(let id): String(id)
        case .name(let name, _): name
        case nil: ""
        }
    }

    // MARK: - Sources

    private mutating func describe(_ source: Operation.Source) {
        add("source", source.identifier, isMinor: true)
        for (name, value) in source.attributes.sorted(by: { $0.key < $1.key }) {
            add(name, value, isMinor: true)
        }
    }
}

extension String {
    /// `contains` of the standard library prepares a search that titles are too short for.
    fileprivate func containsBytes(of text: String) -> Bool {
        guard let first = text.utf8.first else { return true }
        var rest = utf8[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: text.utf8) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}

extension PlanStep.Kind {
    /// What kinds have in common, for colours.
    package enum Family: String, Sendable, CaseIterable {
        case source, process, files, combination
    }

    package var family: Family {
        switch self {
        case .image, .local, .git, .http: .source
        case .run, .build: .process
        case .copy, .file, .directory, .remove: .files
        case .merge, .diff: .combination
        }
    }
}
