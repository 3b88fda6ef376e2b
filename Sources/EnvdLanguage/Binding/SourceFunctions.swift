import LLB
import Starlark

/// `llb.image(…)` and all else that file systems come from.
enum SourceFunctions {
    static let all = [scratch, image, ociLayout, local, git, http]

    private static let scratch = GraphFunction("scratch") { binding, call, _ in
        try binding.value(binding.graph.scratch, call.heap)
    }

    private static let image = GraphFunction(
        "image", "reference", "*", "resolve_mode?", "checksum?", "layer_limit??", "internal?", "name?", "constraints??",
        "site??"
    ) { binding, call, arguments in
        var image = Graph.ImageOptions()
        image.resolveMode = try arguments.choice("resolve_mode", default: .default)
        image.checksum = try arguments.digest("checksum")
        image.layerLimit = try arguments.optionalInt("layer_limit", 1...Int.max)
        image.isInternal = try arguments.bool("internal")
        let (reference, options) = try (arguments.string("reference"), arguments.options(call, binding.blame))
        return try binding.add(options, call, of: "reference") { graph in
            try graph.image(reference, image: image, options: options)
        }
    }

    private static let ociLayout = GraphFunction(
        "oci_layout", "reference", "*", "session_id?", "store_id?", "layer_limit??", "name?", "constraints??"
    ) { binding, call, arguments in
        var layout = Graph.LayoutOptions()
        layout.sessionID = try arguments.string("session_id")
        layout.storeID = try arguments.string("store_id")
        layout.layerLimit = try arguments.optionalInt("layer_limit", 1...Int.max)
        let (reference, options) = try (arguments.filledString("reference"), arguments.options(call, binding.blame))
        return try binding.add(options, call) { graph in
            try graph.ociLayout(reference, layout: layout, options: options)
        }
    }

    private static let local = GraphFunction(
        "local", "name", "*", "include?", "exclude?", "follow_paths?", "shared_key_hint?", "session_id?", "unique_id??",
        "differ??", "differ_required?", "metadata_only_except??", "constraints??", "site??"
    ) { binding, call, arguments in
        var selection = Graph.LocalSelection()
        selection.include = try arguments.strings("include")
        selection.exclude = try arguments.strings("exclude")
        selection.followPaths = try arguments.strings("follow_paths")
        selection.sharedKeyHint = try arguments.string("shared_key_hint")
        selection.sessionID = try arguments.string("session_id")
        selection.uniqueID = try arguments.optionalString("unique_id")
        selection.differ = try arguments.choice(
            "differ", Graph.Differ.allCases.map { ($0.rawValue, $0) }, default: nil)
        selection.isDifferRequired = try arguments.bool("differ_required")
        selection.metadataOnlyExcept = try arguments.optionalStrings("metadata_only_except")
        let name = try arguments.filledString("name")
        var options = try arguments.options(call, binding.blame)
        // Here `name` is the directory's.
        options.description[OperationMetadata.customNameKey] = nil
        return try binding.add(options, call) { graph in
            try graph.local(name, selection: selection, options: options)
        }
    }

    private static let git = GraphFunction(
        "git", "remote", "ref?", "*", "subdirectory?", "keep_git_dir?", "checksum?", "skip_submodules?",
        "auth_token_secret??", "auth_header_secret??", "known_ssh_hosts?", "ssh_agent?", "name?", "constraints??"
    ) { binding, call, arguments in
        var repository = Graph.GitOptions()
        repository.keepsGitDirectory = try arguments.bool("keep_git_dir")
        repository.checksum = try arguments.string("checksum")
        repository.skipsSubmodules = try arguments.bool("skip_submodules")
        repository.tokenSecret = try arguments.optionalString("auth_token_secret")
        repository.headerSecret = try arguments.optionalString("auth_header_secret")
        repository.knownHosts = try arguments.string("known_ssh_hosts")
        repository.sshAgent = try arguments.string("ssh_agent")
        let (remote, ref) = try (arguments.filledString("remote"), arguments.string("ref"))
        let (subdirectory, options) = try (
            arguments.string("subdirectory"), arguments.options(call, binding.blame)
        )
        return try binding.add(options, call, of: "remote") { graph in
            try graph.git(remote, ref: ref, subdirectory: subdirectory, repository: repository, options: options)
        }
    }

    private static let http = GraphFunction(
        "http", "url", "*", "checksum?", "filename?", "mode?", "uid?", "gid?", "auth_header_secret?", "accept?",
        "user_agent?", "name?", "constraints??", "site??"
    ) { binding, call, arguments in
        var file = Graph.HTTPFile()
        // The prelude has checked it by envd's rules.
        file.checksum = try arguments.string("checksum")
        file.name = try arguments.string("filename")
        file.mode = try arguments.int("mode", 0...0o777)
        file.userID = Int(try arguments.accountID("uid"))
        file.groupID = Int(try arguments.accountID("gid"))
        file.authorizationSecret = try arguments.string("auth_header_secret")
        file.accept = try arguments.string("accept")
        file.userAgent = try arguments.string("user_agent")
        let (url, options) = try (arguments.string("url"), arguments.options(call, binding.blame))
        return try binding.add(options, call, of: "url") { graph in
            try graph.http(url, file: file, options: options)
        }
    }
}

extension GraphBinding {
    /// The state that an operation makes; its failure is the fault of what asked for the operation.
    ///
    /// - Parameter parameter: what a wrong name came in by. The functions of the prelude have their own word for it.
    fileprivate func add(
        _ options: OperationOptions, _ call: HostCall, of parameter: String? = nil, _ make: (Graph) throws -> State
    ) throws -> Value {
        let state = try blame.attribute(to: options.location, in: call) {
            do {
                return try make(graph)
            } catch let error as LLBError {
                guard let parameter, error.isAboutName, blame.cause(of: call) != nil else { throw error }
                throw EvaluationError("for parameter \(parameter): \(error)")
            }
        }
        return try value(state.settingLocation(options.location), call.heap)
    }
}
