import LLB

/// How the result of an operation depends on one of its inputs: BuildKit's `CacheMap.Deps`.
struct InputDependency: Hashable, Sendable {
    var basis = Basis.definition
    /// What the input is to the operation, for people: the path where it is mounted, for example.
    var roles: [String] = []
    /// The paths that the operation looks at; none for all.
    var selections: [Selection] = []

    enum Basis: Hashable, Sendable {
        /// A new input is another input, whatever is in it.
        case definition
        /// Only the files that are selected count, wherever they come from.
        case content
    }

    struct Selection: Hashable, Sendable {
        var path: String
        var followsLink = false
        /// Whether patterns choose among what is below the path.
        var isFiltered = false
    }
}

extension Operation {
    /// One for each input, by the rules of BuildKit's `solver/llbsolver/ops` (`exec.go`, `file.go`, `merge.go`, `diff.go`).
    var dependencies: [InputDependency] {
        var dependencies = [InputDependency](repeating: InputDependency(), count: inputs.count)
        switch body {
        case .exec(let exec): exec.describeDependencies(&dependencies)
        case .file(let actions): Operation.describeDependencies(of: actions, &dependencies)
        case .merge:
            for index in dependencies.indices { dependencies[index].roles = ["layer \(index + 1)"] }
        case .diff:
            for (index, role) in zip(dependencies.indices, ["lower", "upper"]) { dependencies[index].roles = [role] }
        default: break
        }
        return dependencies
    }

    /// The source of a copy is looked at by content, and so are the accounts of an input where an owner is looked up; unless the
    /// operation changes that very file system, whose result then holds all the rest of it too.
    private static func describeDependencies(of actions: [FileAction], _ dependencies: inout [InputDependency]) {
        var bases: Set<Int> = []
        for action in actions where dependencies.indices.contains(action.input) {
            if bases.insert(action.input).inserted { dependencies[action.input].roles.append("") }
        }
        func select(_ selection: InputDependency.Selection, from index: Int) {
            guard dependencies.indices.contains(index) else { return }
            dependencies[index].roles.append(selection.path)
            guard !bases.contains(index) else { return }
            dependencies[index].basis = .content
            dependencies[index].selections.append(selection)
        }
        for action in actions {
            for (account, file) in [(action.owner?.user, "/etc/passwd"), (action.owner?.group, "/etc/group")] {
                if case .name(_, let input) = account { select(.init(path: file, followsLink: true), from: input) }
            }
            guard case .copy(let copy) = action.kind else { continue }
            let hasPatterns = !copy.includePatterns.isEmpty || !copy.excludePatterns.isEmpty
            let pattern = copy.allowsWildcard ? WildcardPath(copy.source) : nil
            select(
                .init(
                    path: pattern?.fixedPart ?? copy.source, followsLink: copy.followsSymlink,
                    isFiltered: hasPatterns || pattern != nil),
                from: action.secondaryInput)
        }
    }

    /// The operation by itself, without what its inputs are: two with the same text do the same to what they are given.
    ///
    /// - Parameters:
    ///   - image: the digest that an image's name stands for, if that is known.
    ///   - forgetsCacheNames: whether to leave out what newer builders leave out and older ones do not, the names of cache
    ///     mounts (BuildKit has cleared them since its commit 584ec4008).
    func key(_ dependencies: [InputDependency], image: String? = nil, forgetsCacheNames: Bool) -> Digest {
        var bare = self
        bare.inputs = inputs.map { Input(digest: Digest(of: []), index: $0.index) }
        bare.workerFilters = nil
        switch body {
        case .exec(var exec):
            exec.proxy = nil
            for index in exec.extraHosts.indices { exec.extraHosts[index].address = "" }
            for index in exec.mounts.indices {
                // Part of what the input is selected by.
                exec.mounts[index].selector = ""
                if forgetsCacheNames, case .cache = exec.mounts[index].kind {
                    exec.mounts[index].kind = .cache(id: "", sharing: .shared)
                }
            }
            bare.body = .exec(exec)
        case .file(var actions):
            bare.platform = nil
            for index in actions.indices {
                guard case .copy(var copy) = actions[index].kind,
                    dependencies.indices.contains(actions[index].secondaryInput),
                    dependencies[actions[index].secondaryInput].basis == .content
                else { continue }
                // Where the files were does not matter once they are looked at by content.
                copy.source = copy.sourceName
                actions[index].kind = .copy(copy)
            }
            bare.body = .file(actions)
        case .source(let source):
            bare.body = .source(source.identity(image: image))
        case .merge, .diff: bare.platform = nil
        case .build, nil: break
        }
        return Digest(of: bare.encoded)
    }
}

extension Operation.Exec {
    /// Looked at by content: what is mounted beside the root file system, if the process cannot change it for later
    /// steps, or all of it is mounted.
    fileprivate func describeDependencies(_ dependencies: inout [InputDependency]) {
        for mount in mounts where dependencies.indices.contains(mount.input) {
            switch mount.kind {
            case .tmpfs, .secret, .ssh: continue
            case .bind, .cache: break
            }
            let isRoot = mount.destination == "/"
            let path = ImagePath.join("/", mount.selector)
            let isSafe = mount.output == Operation.none || mount.isReadonly || path == "/"
            let isAskedFor =
                switch mount.contentCache {
                case .on: true
                case .off: false
                case .default: !isRoot
                }
            dependencies[mount.input].roles.append(isRoot ? "" : mount.destination)
            dependencies[mount.input].selections.append(.init(path: path, followsLink: true))
            // The last mount of an input decides.
            dependencies[mount.input].basis = isSafe && isAskedFor ? .content : .definition
        }
        for index in dependencies.indices where dependencies[index].selections.contains(where: { $0.path == "/" }) {
            dependencies[index].selections = [.init(path: "/", followsLink: true)]
        }
    }
}

extension Operation.FileAction {
    fileprivate var owner: Operation.Owner? {
        switch kind {
        case .copy(let copy): copy.owner
        case .makeFile(let file): file.owner
        case .makeDirectory(let made): made.owner
        case .makeSymlink(let link): link.owner
        case .remove: nil
        }
    }
}

extension Operation.Source {
    /// The source without what does not decide what it gives: the attribute that tells builds apart, the name of an image
    /// whose digest is known, the address of a file whose content is known, that of a repository whose commit is.
    fileprivate func identity(image digest: String?) -> Operation.Source {
        var source = self
        if let name = imageName, let digest = digest ?? name.split(separator: "@").dropFirst().first.map(String.init) {
            source.identifier = "docker-image://@" + digest
        }
        source.attributes["local.unique"] = nil
        source.attributes["local.sharedkeyhint"] = nil
        source.attributes["image.resolvemode"] = nil
        source.attributes["image.recordtype"] = nil
        if source.attributes["http.checksum"] != nil {
            let path = TreePath(String(identifier.prefix { $0 != "?" && $0 != "#" }))
            let ownName = String(decoding: path.lastComponent, as: UTF8.self)
            source.identifier = "https://" + (source.attributes["http.filename"] ?? ownName)
        }
        if identifier.hasPrefix("git://"), let hash = identifier.firstIndex(of: "#") {
            let reference = identifier[hash...].dropFirst()
            let commit = reference.prefix { $0 != ":" }
            if commit.utf8.count == 40, commit.utf8.allSatisfy(\.isLowerHexadecimal) {
                source.identifier = "git://#" + reference
                source.attributes["git.fullurl"] = nil
            }
        }
        return source
    }

    /// Nil if it is no image of a registry.
    var imageName: String? {
        let scheme = "docker-image://"
        return identifier.hasPrefix(scheme) ? String(identifier.dropFirst(scheme.count)) : nil
    }

    /// The name under which the client offers the directory; nil if the source is none of the client's.
    var clientDirectory: String? {
        identifier.hasPrefix("local://") ? String(identifier.dropFirst("local://".count)) : nil
    }

    var selectsByPattern: Bool {
        [
            "local.includepattern", "local.excludepatterns", "local.followpaths", "local.metadatatransfer",
        ].contains { attributes[$0] != nil }
    }
}

extension UInt8 {
    fileprivate var isLowerHexadecimal: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
    }
}

/// A path with `*`, `?` or `[` in it.
private struct WildcardPath {
    /// The components before the first one with a wildcard.
    let fixedPart: String

    /// Nil if there is none.
    init?(_ path: String) {
        let components = TreePath.components(of: path.utf8)
        let wildcards = Array("*?[\\".utf8)
        guard let first = components.firstIndex(where: { $0.contains { wildcards.contains($0) } }) else { return nil }
        fixedPart = "/" + components[..<first].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
    }
}
