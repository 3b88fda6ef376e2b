/// Where file systems come from.
extension Graph {
    package var scratch: State { State(scratchIn: self) }

    /// An image in a registry. Its own environment and user are not part of the state: BuildKit learns them only when
    /// it pulls the image.
    package func image(_ reference: String, options: OperationOptions = .init()) throws(LLBError) -> State {
        let name = try ImageReference(reference)
        return try source(
            "docker-image://\(name)", attributes: [:], isPlatformSpecific: true, capabilities: [.sourceImage], options)
    }

    /// A directory of the client, known to the session by a name. Patterns are JSON lists, as the client sends them.
    package func local(
        _ name: String, selection: LocalSelection = .init(), options: OperationOptions = .init()
    ) throws(LLBError) -> State {
        var attributes = ["local.unique": localUniqueID]
        var capabilities: Set<Capability> = [.sourceLocal, .sourceLocalUnique]
        let optional: [(key: String, value: String, capability: Capability)] = [
            ("local.includepattern", JSONText.list(selection.include), .sourceLocalIncludePatterns),
            ("local.excludepatterns", JSONText.list(selection.exclude), .sourceLocalExcludePatterns),
            ("local.followpaths", JSONText.list(selection.followPaths), .sourceLocalFollowPaths),
            ("local.sharedkeyhint", selection.sharedKeyHint, .sourceLocalSharedKeyHint),
        ]
        for attribute in optional where !attribute.value.isEmpty {
            attributes[attribute.key] = attribute.value
            capabilities.insert(attribute.capability)
        }
        return try source(
            "local://\(name)", attributes: attributes, isPlatformSpecific: false, capabilities: capabilities, options)
    }

    package struct LocalSelection: Hashable, Sendable {
        package var include: [String] = []
        package var exclude: [String] = []
        package var followPaths: [String] = []
        package var sharedKeyHint = ""

        package init() {}
    }

    /// A file from the web.
    package func http(
        _ url: String, file: HTTPFile = .init(), options: OperationOptions = .init()
    ) throws(LLBError) -> State {
        var attributes: [String: String] = [:]
        var capabilities: Set<Capability> = [.sourceHTTP]
        if !file.checksum.isEmpty {
            attributes["http.checksum"] = file.checksum
            capabilities.insert(.sourceHTTPChecksum)
        }
        if !file.name.isEmpty { attributes["http.filename"] = file.name }
        if file.mode != 0 {
            attributes["http.perm"] = "0" + String(file.mode & 0o777, radix: 8)
            capabilities.insert(.sourceHTTPPermissions)
        }
        if file.userID != 0 {
            attributes["http.uid"] = String(file.userID)
            capabilities.insert(.sourceHTTPOwner)
        }
        if file.groupID != 0 {
            attributes["http.gid"] = String(file.groupID)
            capabilities.insert(.sourceHTTPOwner)
        }
        return try source(
            url, attributes: attributes, isPlatformSpecific: false, capabilities: capabilities, options)
    }

    package struct HTTPFile: Hashable, Sendable {
        /// `sha256:…`, or empty.
        package var checksum = ""
        package var name = ""
        package var mode = 0
        package var userID = 0
        package var groupID = 0

        package init() {}
    }

    /// A git repository at a branch, tag or commit.
    ///
    /// - Parameter remote: an `https`, `http` or `git` URL, or one without a scheme, which is `https`. What needs a key
    ///   is refused: BuildKit's client would ask the host for its key while it builds the graph.
    package func git(
        _ remote: String, ref: String = "", subdirectory: String = "", keepsGitDirectory: Bool = false,
        options: OperationOptions = .init()
    ) throws(LLBError) -> State {
        var url = remote
        if !remote.contains("://") {
            guard !remote.contains("@") else { throw .unsupportedGitRemote(remote) }
            url = "https://" + remote
        }
        guard
            let scheme = ["https://", "http://", "git://"].first(where: { url.hasPrefix($0) }),
            case let rest = url.dropFirst(scheme.count), !rest.isEmpty, !rest.contains("#"), !rest.contains("@")
        else { throw .unsupportedGitRemote(remote) }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        var identifier = "git://\(rest[..<slash])\(ImagePath.join("/", String(rest[slash...])))"
        if !ref.isEmpty || !subdirectory.isEmpty {
            identifier += "#" + ref
            if !subdirectory.isEmpty { identifier += ":" + subdirectory }
        }
        var attributes = [
            "git.fullurl": url, "git.authtokensecret": "GIT_AUTH_TOKEN", "git.authheadersecret": "GIT_AUTH_HEADER",
        ]
        var capabilities: Set<Capability> = [.sourceGit, .sourceGitFullURL]
        if keepsGitDirectory {
            attributes["git.keepgitdir"] = "true"
            capabilities.insert(.sourceGitKeepDirectory)
        }
        return try source(
            identifier, attributes: attributes, isPlatformSpecific: false, capabilities: capabilities, options)
    }

    private func source(
        _ identifier: String, attributes: [String: String], isPlatformSpecific: Bool, capabilities: Set<Capability>,
        _ options: OperationOptions
    ) throws(LLBError) -> State {
        let vertex = try add(
            .source(.init(identifier: identifier, attributes: attributes)), inputs: [], dependencies: [],
            isPlatformSpecific: isPlatformSpecific, capabilities: capabilities, options: options)
        let state = State(graph: self, output: Output(vertex: vertex, index: 0)).settingLocation(options.location)
        return options.platform.map(state.settingPlatform) ?? state
    }
}
