/// Where file systems come from. Attributes and capabilities are those of BuildKit's client (`client/llb/source.go`).
extension Graph {
    package var scratch: State { State(scratchIn: self) }

    // MARK: - Images

    /// An image in a registry. Its own environment and user are not part of the state: BuildKit learns them only when
    /// it pulls the image.
    package func image(
        _ reference: String, image: ImageOptions = .init(), options: OperationOptions = .init()
    ) throws(LLBError) -> State {
        let name = try ImageReference(reference)
        var attributes: [String: String] = [:]
        var capabilities: Capabilities = [.sourceImage]
        if image.resolveMode != .default { attributes["image.resolvemode"] = image.resolveMode.rawValue }
        // The other one is only a wish.
        if image.resolveMode == .pull { capabilities.insert(.sourceImageResolveMode) }
        if image.isInternal { attributes["image.recordtype"] = "internal" }
        if let limit = image.layerLimit {
            attributes["image.layerlimit"] = String(limit)
            capabilities.insert(.sourceImageLayerLimit)
        }
        if !image.checksum.isEmpty {
            attributes["image.checksum"] = image.checksum
            capabilities.insert(.sourceImageChecksum)
        }
        return try source(
            "docker-image://\(name)", attributes: attributes, isPlatformSpecific: true, capabilities: capabilities,
            options)
    }

    package struct ImageOptions: Hashable, Sendable {
        package var resolveMode = ResolveMode.default
        /// Whether the builder leaves the image out of its records.
        package var isInternal = false
        /// How many layers are taken, from below; nil for all.
        package var layerLimit: Int?
        /// `sha256:…`, or empty.
        package var checksum = ""

        package init() {}
    }

    package enum ResolveMode: String, Hashable, Sendable, CaseIterable {
        /// What the builder does by itself.
        case `default`
        /// Ask the registry even if the image is there.
        case pull
        /// Do not ask the registry if the image is there.
        case local
    }

    /// An image in a directory of the OCI layout that the client offers.
    ///
    /// - Parameter reference: as BuildKit wants it, a name with a digest; it is not looked at here.
    package func ociLayout(
        _ reference: String, layout: LayoutOptions = .init(), options: OperationOptions = .init()
    ) throws(LLBError) -> State {
        var attributes: [String: String] = [:]
        if !layout.sessionID.isEmpty { attributes["oci.session"] = layout.sessionID }
        if !layout.storeID.isEmpty { attributes["oci.store"] = layout.storeID }
        if let limit = layout.layerLimit { attributes["oci.layerlimit"] = String(limit) }
        return try source(
            "oci-layout://\(reference)", attributes: attributes, isPlatformSpecific: true,
            capabilities: [.sourceOCILayout], options)
    }

    package struct LayoutOptions: Hashable, Sendable {
        package var sessionID = ""
        package var storeID = ""
        package var layerLimit: Int?

        package init() {}
    }

    // MARK: - Directories of the client

    /// A directory of the client, known to the session by a name. Patterns are JSON lists, as the client sends them.
    package func local(
        _ name: String, selection: LocalSelection = .init(), options: OperationOptions = .init()
    ) throws(LLBError) -> State {
        var attributes: [String: String] = [:]
        var capabilities: Capabilities = [.sourceLocal]
        if selection.sessionID.isEmpty {
            attributes["local.unique"] = selection.uniqueID ?? localUniqueID
            capabilities.insert(.sourceLocalUnique)
        }
        let optional: [(key: String, value: String, capability: Capability)] = [
            ("local.session", selection.sessionID, .sourceLocalSessionID),
            ("local.includepattern", JSONText.list(selection.include), .sourceLocalIncludePatterns),
            ("local.excludepatterns", JSONText.list(selection.exclude), .sourceLocalExcludePatterns),
            ("local.followpaths", JSONText.list(selection.followPaths), .sourceLocalFollowPaths),
            ("local.sharedkeyhint", selection.sharedKeyHint, .sourceLocalSharedKeyHint),
        ]
        for attribute in optional where !attribute.value.isEmpty {
            attributes[attribute.key] = attribute.value
            capabilities.insert(attribute.capability)
        }
        if let differ = selection.differ {
            attributes["local.differ"] = differ.rawValue
            if selection.isDifferRequired { capabilities.insert(.sourceLocalDiffer) }
        }
        if let exceptions = selection.metadataOnlyExcept {
            attributes["local.metadatatransfer"] = "true"
            if !exceptions.isEmpty { attributes["local.metadatatransferexclude"] = JSONText.list(exceptions) }
            capabilities.insert(.sourceLocalMetadataTransfer)
        }
        return try source(
            "local://\(name)", attributes: attributes, isPlatformSpecific: false, capabilities: capabilities, options)
    }

    package struct LocalSelection: Hashable, Sendable {
        package var include: [String] = []
        package var exclude: [String] = []
        /// Files that are sent with what their symbolic links lead to, whatever the patterns say.
        package var followPaths: [String] = []
        /// Directories with the same hint share what was sent before.
        package var sharedKeyHint = ""
        /// The session that has the directory; empty for that of the build.
        package var sessionID = ""
        /// In place of the graph's; nil for that one.
        package var uniqueID: String?
        /// How it is decided which files are sent anew; nil for what the builder does by itself.
        package var differ: Differ?
        /// Whether a builder that cannot do so must refuse.
        package var isDifferRequired = false
        /// Sends names, modes and times only, except for these files; nil to send the contents of all.
        package var metadataOnlyExcept: [String]?

        package init() {}
    }

    package enum Differ: String, Hashable, Sendable, CaseIterable {
        /// All of them.
        case none
        /// Those whose size, time, mode or owner has changed.
        case metadata
    }

    // MARK: - The web

    /// A file from the web.
    package func http(
        _ url: String, file: HTTPFile = .init(), options: OperationOptions = .init()
    ) throws(LLBError) -> State {
        guard !url.isEmpty else { throw .missingSource }
        var attributes: [String: String] = [:]
        var capabilities: Capabilities = [.sourceHTTP]
        if !file.checksum.isEmpty {
            attributes["http.checksum"] = file.checksum
            capabilities.insert(.sourceHTTPChecksum)
        }
        if !file.name.isEmpty { attributes["http.filename"] = file.name }
        if file.mode & 0o777 != 0 {
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
        if !file.authorizationSecret.isEmpty {
            attributes["http.authheadersecret"] = file.authorizationSecret
            capabilities.insert(.sourceHTTPAuthentication)
        }
        for (name, value) in [("accept", file.accept), ("user-agent", file.userAgent)] where !value.isEmpty {
            attributes["http.header.\(name)"] = value
            capabilities.insert(.sourceHTTPHeader)
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
        /// The secret whose value becomes the header `Authorization`; empty for none.
        package var authorizationSecret = ""
        package var accept = ""
        package var userAgent = ""

        package init() {}
    }

    // MARK: - Git

    /// A git repository at a branch, tag or commit.
    ///
    /// - Parameter remote: see `GitRemote`. One that SSH is needed for needs the keys of its host: BuildKit's client
    ///   would ask the host for them while it builds the graph.
    package func git(
        _ remote: String, ref: String = "", subdirectory: String = "", repository: GitOptions = .init(),
        options: OperationOptions = .init()
    ) throws(LLBError) -> State {
        let parsed = try GitRemote(remote)
        var identifier = "git://\(parsed.host)\(ImagePath.join("/", parsed.path))"
        if !ref.isEmpty || !subdirectory.isEmpty {
            identifier += "#" + ref
            if !subdirectory.isEmpty { identifier += ":" + subdirectory }
        }
        var attributes = ["git.fullurl": parsed.url]
        var capabilities: Capabilities = [.sourceGit, .sourceGitFullURL]
        let secrets = [
            ("git.authtokensecret", repository.tokenSecret, "GIT_AUTH_TOKEN"),
            ("git.authheadersecret", repository.headerSecret, "GIT_AUTH_HEADER"),
        ]
        for (key, secret, usual) in secrets where secret ?? usual != "" {
            attributes[key] = secret ?? usual
            if repository.tokenSecret != nil || repository.headerSecret != nil {
                capabilities.insert(.sourceGitHTTPAuthentication)
            }
        }
        if parsed.usesSSH {
            guard !repository.knownHosts.isEmpty else { throw .missingKnownHosts(remote) }
            attributes["git.knownsshhosts"] =
                repository.knownHosts.hasSuffix("\n")
                ? repository.knownHosts : repository.knownHosts + "\n"
            attributes["git.mountsshsock"] = repository.sshAgent.isEmpty ? "default" : repository.sshAgent
            capabilities.formUnion([.sourceGitKnownSSHHosts, .sourceGitMountSSHSocket])
        }
        if repository.keepsGitDirectory {
            attributes["git.keepgitdir"] = "true"
            capabilities.insert(.sourceGitKeepDirectory)
        }
        if !repository.checksum.isEmpty {
            attributes["git.checksum"] = repository.checksum
            capabilities.insert(.sourceGitChecksum)
        }
        if repository.skipsSubmodules {
            attributes["git.skipsubmodules"] = "true"
            capabilities.insert(.sourceGitSkipSubmodules)
        }
        return try source(
            identifier, attributes: attributes, isPlatformSpecific: false, capabilities: capabilities, options)
    }

    package struct GitOptions: Hashable, Sendable {
        package var keepsGitDirectory = false
        /// The commit that the ref must lead to; empty for any.
        package var checksum = ""
        package var skipsSubmodules = false
        /// The secret that holds a token; nil for the usual one, empty for none.
        package var tokenSecret: String?
        /// The secret that holds the header `Authorization`; nil for the usual one, empty for none.
        package var headerSecret: String?
        /// Lines as in `~/.ssh/known_hosts`, for remotes that SSH is needed for.
        package var knownHosts = ""
        /// The SSH agent of the client; empty for the default one.
        package var sshAgent = ""

        package init() {}
    }

    // MARK: - All of them

    private func source(
        _ identifier: String, attributes: [String: String], isPlatformSpecific: Bool, capabilities: Capabilities,
        _ options: OperationOptions
    ) throws(LLBError) -> State {
        let vertex = try add(
            .source(.init(identifier: identifier, attributes: attributes)), inputs: [], dependencies: [],
            isPlatformSpecific: isPlatformSpecific, capabilities: capabilities, options: options,
            resultPlatform: options.platform)
        return scratch.replacing(output: Output(vertex: vertex, index: 0)).settingLocation(options.location)
    }
}
