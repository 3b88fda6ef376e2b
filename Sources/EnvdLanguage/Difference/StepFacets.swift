import LLB

extension Operation {
    /// What makes the operation what it is, by itself: each part as a list of values, so that a change of it can be told
    /// as what went and what came.
    ///
    /// - Parameter dependencies: where files come from is no part of it, if they are looked at by content.
    func facets(_ dependencies: [InputDependency]) -> [PlanSnapshot.Facet] {
        typealias Facet = PlanSnapshot.Facet
        let isByContent = { (input: Int) in
            dependencies.indices.contains(input) && dependencies[input].basis == .content
        }
        var facets: [Facet] = []
        switch body {
        case .source(let source): facets = source.facets
        case .exec(var exec):
            for index in exec.mounts.indices where isByContent(exec.mounts[index].input) {
                exec.mounts[index].selector = ""
            }
            facets = exec.facets
        case .file(let actions):
            facets.append(Facet("action", actions.map { $0.phrase(isByContent: isByContent($0.secondaryInput)) }))
            for action in actions {
                if case .makeFile(let file) = action.kind {
                    let lines = file.data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                    facets.append(Facet("content of \(file.path)", lines.map { String(decoding: $0, as: UTF8.self) }))
                }
            }
        default: break
        }
        if let platform {
            facets.append(Facet("platform", ["\(platform.operatingSystem)/\(platform.architecture)"]))
        }
        return facets
    }
}

extension Operation.Source {
    fileprivate var facets: [PlanSnapshot.Facet] {
        let schemes = [("docker-image://", "image"), ("local://", "directory"), ("git://", "repository")]
        let (name, value) =
            schemes.first { identifier.hasPrefix($0.0) }
            .map { ($0.1, String(identifier.dropFirst($0.0.count))) } ?? ("address", identifier)
        let settings = attributes.filter { $0.key != "local.unique" }.sorted { $0.key < $1.key }
        return [.init(name, [value])] + settings.map { .init($0.key, [$0.value]) }
    }
}

extension Operation.Exec {
    fileprivate var facets: [PlanSnapshot.Facet] {
        let words = arguments.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
        return [
            .init("command", words), .init("environment", environment), .init("working directory", [directory]),
            .init("user", [user]), .init("mount", mounts.filter { $0.destination != "/" }.map(\.phrase)),
            .init("root", mounts.filter { $0.destination == "/" }.map(\.phrase)),
            .init("network", ["\(network)"]), .init("security", ["\(security)"]),
            .init("secret", secretVariables.map { "\($0.id) in \($0.name)" }),
            .init("device", devices.map(\.name)), .init("hostname", [hostname]),
            .init("host", extraHosts.map { "\($0.name) at \($0.address)" }),
            .init("limit", ulimits.map { "\($0.name) \($0.soft) \($0.hard)" }),
            .init("valid exit code", validExitCodes.map(String.init)),
        ]
    }
}

extension Operation.Mount {
    fileprivate var phrase: String {
        var words = [destination]
        switch kind {
        case .cache(let id, let sharing): words += ["cache", id, "\(sharing)"]
        case .tmpfs(let size): words += ["tmpfs", String(size)]
        case .secret(let agent): words += ["secret", agent.id]
        case .ssh(let agent): words += ["ssh", agent.id]
        case .bind: break
        }
        if !selector.isEmpty { words += ["from", selector] }
        if isReadonly { words.append("read-only") }
        return words.joined(separator: " ")
    }
}

extension Operation.FileAction {
    fileprivate func phrase(isByContent: Bool) -> String {
        switch kind {
        case .copy(let copy):
            "copy \(isByContent ? copy.sourceName : copy.source) to \(copy.destination)" + copy.owner.phrase
                + (copy.mode < 0 ? "" : ", mode \(octal(copy.mode))")
                + (copy.includePatterns.isEmpty ? "" : ", only \(copy.includePatterns.joined(separator: " "))")
                + (copy.excludePatterns.isEmpty ? "" : ", without \(copy.excludePatterns.joined(separator: " "))")
        case .makeFile(let file): "write \(file.path), mode \(octal(file.mode))" + file.owner.phrase
        case .makeDirectory(let made): "make directory \(made.path), mode \(octal(made.mode))" + made.owner.phrase
        case .remove(let removal): "remove \(removal.path)"
        case .makeSymlink(let link): "link \(link.path) to \(link.target)" + link.owner.phrase
        }
    }

    private func octal(_ mode: Int) -> String { "0" + String(mode, radix: 8) }
}

extension Operation.Copy {
    /// The last component of the path.
    var sourceName: String { String(decoding: TreePath(source).lastComponent, as: UTF8.self) }
}

extension Operation.Owner? {
    fileprivate var phrase: String {
        guard let self else { return "" }
        func name(_ account: Operation.Account?) -> String {
            switch account {
            case .id(let id): String(id)
            case .name(let name, _): name
            case nil: ""
            }
        }
        return ", owner \(name(self.user)):\(name(self.group))"
    }
}

extension RuntimeSettings {
    /// What does not decide what is built, but how it runs.
    var facets: [PlanSnapshot.Facet] {
        let ports = exposedPorts.map { "\($0.environmentPort) \($0.service) on \($0.listenAddress):\($0.hostPort)" }
        return [
            .init("image", [image]), .init("development", ["\(isDevelopment)"]), .init("user", [user]),
            .init("working directory", [workingDirectory]), .init("entrypoint", entrypoint),
            .init("environment", environment), .init("shell", [shell]),
            .init("daemon", daemons.map { $0.joined(separator: " ") }),
            .init("init", initScripts.map { $0.joined(separator: "; ") }),
            .init("command", commands.map { "\($0.name): \($0.text)" }), .init("port", ports),
            .init("mount", mounts.map { "\($0.source) at \($0.target)" }),
            .init("jupyter port", jupyterPort.map { ["\($0)"] } ?? []), .init("gpus", ["\(gpuCount)"]),
            .init("shared memory", ["\(sharedMemory) MB"]),
            .init("repository", repository.map { [$0.url, $0.description] } ?? []),
        ]
    }
}
