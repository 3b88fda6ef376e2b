/// The messages of operations. Fields may come in any order; of a field that is there twice the last counts, and a
/// message that is there twice is put together of both, as protobuf demands.
extension DefinitionDecoder {
    mutating func operation(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> Operation {
        var operation = Operation(inputs: [], body: nil, platform: nil, workerFilters: nil)
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: operation.inputs.append(try decoder.input(field.message()))
            case 2:
                var exec = Operation.Exec(arguments: [], environment: [], directory: "", user: "", mounts: [])
                exec.removesMountStubs = false
                if case .exec(let known) = operation.body { exec = known }
                try decoder.exec(field.message(), into: &exec)
                operation.body = .exec(exec)
            case 3:
                var source = Operation.Source(identifier: "", attributes: [:])
                if case .source(let known) = operation.body { source = known }
                try decoder.source(field.message(), into: &source)
                operation.body = .source(source)
            case 4:
                var actions: [Operation.FileAction] = []
                if case .file(let known) = operation.body { actions = known }
                try decoder.fields(of: field.message()) { (decoder, number, field) throws(DecodingError) in
                    if number == 2 { actions.append(try decoder.fileAction(field.message())) }
                }
                operation.body = .file(actions)
            case 5:
                var build = Operation.Build(builder: 0, inputs: [:])
                if case .build(let known) = operation.body { build = known }
                try decoder.build(field.message(), into: &build)
                operation.body = .build(build)
            case 6:
                var inputs: [Int] = []
                if case .merge(let known) = operation.body { inputs = known }
                try decoder.fields(of: field.message()) { (decoder, number, field) throws(DecodingError) in
                    if number == 1 { inputs.append(try decoder.index(field.message())) }
                }
                operation.body = .merge(inputs: inputs)
            case 7:
                var (lower, upper) = (0, 0)
                if case .diff(let knownLower, let knownUpper) = operation.body {
                    (lower, upper) = (knownLower, knownUpper)
                }
                try decoder.fields(of: field.message()) { (decoder, number, field) throws(DecodingError) in
                    switch number {
                    case 1: lower = try decoder.index(field.message())
                    case 2: upper = try decoder.index(field.message())
                    default: break
                    }
                }
                operation.body = .diff(lower: lower, upper: upper)
            case 10:
                var platform = operation.platform ?? Platform(operatingSystem: "", architecture: "")
                try decoder.platform(field.message(), into: &platform)
                operation.platform = platform
            case 11:
                var filters = operation.workerFilters ?? []
                try decoder.fields(of: field.message()) { (_, number, field) throws(DecodingError) in
                    if number == 1 { filters.append(try field.string()) }
                }
                operation.workerFilters = filters
            default: break
            }
        }
        return operation
    }

    private mutating func input(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> Operation.Input {
        var (text, index) = ("", 0)
        try fields(of: bytes) { (_, number, field) throws(DecodingError) in
            switch number {
            case 1: text = try field.string()
            case 2: index = try field.int()
            default: break
            }
        }
        guard let digest = Digest(text) else { throw .invalid("an input has no digest") }
        return Operation.Input(digest: digest, index: index)
    }

    private mutating func platform(
        _ bytes: ArraySlice<UInt8>, into platform: inout Platform
    ) throws(DecodingError) {
        try fields(of: bytes) { (_, number, field) throws(DecodingError) in
            switch number {
            case 1: platform.architecture = try field.string()
            case 2: platform.operatingSystem = try field.string()
            case 3: platform.variant = try field.string()
            case 4: platform.osVersion = try field.string()
            case 5: platform.osFeatures.append(try field.string())
            default: break
            }
        }
    }

    /// A message that holds nothing but the index of an input.
    private mutating func index(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> Int {
        var index = 0
        try fields(of: bytes) { (_, number, field) throws(DecodingError) in
            if number == 1 { index = try field.int() }
        }
        return index
    }

    private mutating func source(
        _ bytes: ArraySlice<UInt8>, into source: inout Operation.Source
    ) throws(DecodingError) {
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: source.identifier = try field.string()
            case 2:
                let attribute = try decoder.textEntry(field)
                source.attributes[attribute.key] = attribute.value
            default: break
            }
        }
    }

    private mutating func build(
        _ bytes: ArraySlice<UInt8>, into build: inout Operation.Build
    ) throws(DecodingError) {
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: build.builder = try field.int()
            case 2:
                let member = try decoder.entry(field.message(), default: 0) {
                    (decoder, value) throws(DecodingError) in try decoder.index(value.message())
                }
                build.inputs[member.key] = member.value
            case 3: build.definition = try decoder.definition(field.message())
            case 4:
                let attribute = try decoder.textEntry(field)
                build.attributes[attribute.key] = attribute.value
            default: break
            }
        }
    }

    // MARK: - Processes

    private mutating func exec(
        _ bytes: ArraySlice<UInt8>, into exec: inout Operation.Exec
    ) throws(DecodingError) {
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: try decoder.meta(field.message(), into: &exec)
            case 2: exec.mounts.append(try decoder.mount(field.message()))
            case 3: exec.network = try known("network mode", field, Operation.NetworkMode.init(rawValue:))
            case 4: exec.security = try known("security mode", field, Operation.SecurityMode.init(rawValue:))
            case 5:
                var variable = Operation.SecretVariable(id: "", name: "", isOptional: false)
                try decoder.fields(of: field.message()) { (_, number, field) throws(DecodingError) in
                    switch number {
                    case 1: variable.id = try field.string()
                    case 2: variable.name = try field.string()
                    case 3: variable.isOptional = try field.bool()
                    default: break
                    }
                }
                exec.secretVariables.append(variable)
            case 6:
                var device = Operation.Device(name: "")
                try decoder.fields(of: field.message()) { (_, number, field) throws(DecodingError) in
                    switch number {
                    case 1: device.name = try field.string()
                    case 2: device.isOptional = try field.bool()
                    default: break
                    }
                }
                exec.devices.append(device)
            default: break
            }
        }
    }

    private mutating func meta(
        _ bytes: ArraySlice<UInt8>, into exec: inout Operation.Exec
    ) throws(DecodingError) {
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: exec.arguments.append(try field.string())
            case 2: exec.environment.append(try field.string())
            case 3: exec.directory = try field.string()
            case 4: exec.user = try field.string()
            case 5:
                var proxy = exec.proxy ?? Operation.Proxy()
                try decoder.fields(of: field.message()) { (_, number, field) throws(DecodingError) in
                    switch number {
                    case 1: proxy.http = try field.string()
                    case 2: proxy.https = try field.string()
                    case 3: proxy.ftp = try field.string()
                    case 4: proxy.none = try field.string()
                    case 5: proxy.all = try field.string()
                    default: break
                    }
                }
                exec.proxy = proxy
            case 6:
                var host = Operation.ExtraHost(name: "", address: "")
                try decoder.fields(of: field.message()) { (_, number, field) throws(DecodingError) in
                    switch number {
                    case 1: host.name = try field.string()
                    case 2: host.address = try field.string()
                    default: break
                    }
                }
                exec.extraHosts.append(host)
            case 7: exec.hostname = try field.string()
            case 9:
                var limit = Operation.Ulimit(name: "", soft: 0, hard: 0)
                try decoder.fields(of: field.message()) { (_, number, field) throws(DecodingError) in
                    switch number {
                    case 1: limit.name = try field.string()
                    case 2: limit.soft = try field.int()
                    case 3: limit.hard = try field.int()
                    default: break
                    }
                }
                exec.ulimits.append(limit)
            case 10: exec.cgroupParent = try field.string()
            case 11: exec.removesMountStubs = try field.bool()
            case 12: exec.validExitCodes += try field.int32s()
            default: break
            }
        }
    }

    private mutating func mount(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> Operation.Mount {
        var mount = Operation.Mount(input: 0, destination: "", output: 0)
        var type = 0
        var size = 0
        var (cache, sharing) = ("", Operation.CacheSharing.shared)
        var secret = Operation.Agent(id: "", mode: 0)
        var ssh = Operation.Agent(id: "", mode: 0)
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: mount.input = try field.int()
            case 2: mount.selector = try field.string()
            case 3: mount.destination = try field.string()
            case 4: mount.output = try field.int()
            case 5: mount.isReadonly = try field.bool()
            case 6: type = try field.int32()
            case 19:
                try decoder.fields(of: field.message()) { (_, number, field) throws(DecodingError) in
                    if number == 1 { size = try field.int() }
                }
            case 20:
                try decoder.fields(of: field.message()) { (_, number, field) throws(DecodingError) in
                    switch number {
                    case 1: cache = try field.string()
                    case 2: sharing = try known("cache sharing", field, Operation.CacheSharing.init(rawValue:))
                    default: break
                    }
                }
            case 21: try decoder.agent(field.message(), into: &secret)
            case 22: try decoder.agent(field.message(), into: &ssh)
            case 23: mount.resultID = try field.string()
            case 24: mount.contentCache = try known("content cache", field, Operation.ContentCache.init(rawValue:))
            default: break
            }
        }
        switch type {
        case 0: mount.kind = .bind
        case 1: mount.kind = .secret(secret)
        case 2: mount.kind = .ssh(ssh)
        case 3: mount.kind = .cache(id: cache, sharing: sharing)
        case 4: mount.kind = .tmpfs(size: size)
        default: throw .invalid("there is no mount type \(type)")
        }
        return mount
    }

    private mutating func agent(
        _ bytes: ArraySlice<UInt8>, into agent: inout Operation.Agent
    ) throws(DecodingError) {
        try fields(of: bytes) { (_, number, field) throws(DecodingError) in
            switch number {
            case 1: agent.id = try field.string()
            case 2: agent.userID = try field.uint32()
            case 3: agent.groupID = try field.uint32()
            case 4: agent.mode = try field.uint32()
            case 5: agent.isOptional = try field.bool()
            default: break
            }
        }
    }
}

// MARK: - Files

extension DefinitionDecoder {
    fileprivate mutating func fileAction(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> Operation.FileAction {
        var (input, secondaryInput, output) = (0, 0, 0)
        var kind: Operation.FileAction.Kind?
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: input = try field.int()
            case 2: secondaryInput = try field.int()
            case 3: output = try field.int()
            case 4:
                var copy = Operation.Copy(source: "", destination: "")
                (copy.mode, copy.timestamp) = (0, 0)
                if case .copy(let known) = kind { copy = known }
                try decoder.copy(field.message(), into: &copy)
                kind = .copy(copy)
            case 5:
                var file = Operation.MakeFile(path: "", mode: 0, data: [])
                file.timestamp = 0
                if case .makeFile(let known) = kind { file = known }
                try decoder.makeFile(field.message(), into: &file)
                kind = .makeFile(file)
            case 6:
                var directory = Operation.MakeDirectory(path: "", mode: 0, makesParents: false)
                directory.timestamp = 0
                if case .makeDirectory(let known) = kind { directory = known }
                try decoder.makeDirectory(field.message(), into: &directory)
                kind = .makeDirectory(directory)
            case 7:
                var removal = Operation.Remove(path: "", allowsNotFound: false, allowsWildcard: false)
                if case .remove(let known) = kind { removal = known }
                try decoder.fields(of: field.message()) { (_, number, field) throws(DecodingError) in
                    switch number {
                    case 1: removal.path = try field.string()
                    case 2: removal.allowsNotFound = try field.bool()
                    case 3: removal.allowsWildcard = try field.bool()
                    default: break
                    }
                }
                kind = .remove(removal)
            case 8:
                var link = Operation.MakeSymlink(target: "", path: "")
                link.timestamp = 0
                if case .makeSymlink(let known) = kind { link = known }
                try decoder.makeSymlink(field.message(), into: &link)
                kind = .makeSymlink(link)
            default: break
            }
        }
        guard let kind else { throw .invalid("a file action is of no known kind") }
        return Operation.FileAction(input: input, secondaryInput: secondaryInput, output: output, kind: kind)
    }

    private mutating func copy(
        _ bytes: ArraySlice<UInt8>, into copy: inout Operation.Copy
    ) throws(DecodingError) {
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: copy.source = try field.string()
            case 2: copy.destination = try field.string()
            case 3: try decoder.owner(field.message(), into: &copy.owner)
            case 4: copy.mode = try field.int32()
            case 5: copy.followsSymlink = try field.bool()
            case 6: copy.copiesDirectoryContents = try field.bool()
            case 7: copy.unpacksArchives = try field.bool()
            case 8: copy.createsDestinationPath = try field.bool()
            case 9: copy.allowsWildcard = try field.bool()
            case 10: copy.allowsEmptyWildcard = try field.bool()
            case 11: copy.timestamp = try field.int()
            case 12: copy.includePatterns.append(try field.string())
            case 13: copy.excludePatterns.append(try field.string())
            case 14: copy.replacesDestination = try field.bool()
            case 15: copy.symbolicMode = try field.string()
            default: break
            }
        }
    }

    private mutating func makeFile(
        _ bytes: ArraySlice<UInt8>, into file: inout Operation.MakeFile
    ) throws(DecodingError) {
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: file.path = try field.string()
            case 2: file.mode = try field.int32()
            case 3: file.data = Array(try field.message())
            case 4: try decoder.owner(field.message(), into: &file.owner)
            case 5: file.timestamp = try field.int()
            default: break
            }
        }
    }

    private mutating func makeDirectory(
        _ bytes: ArraySlice<UInt8>, into directory: inout Operation.MakeDirectory
    ) throws(DecodingError) {
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: directory.path = try field.string()
            case 2: directory.mode = try field.int32()
            case 3: directory.makesParents = try field.bool()
            case 4: try decoder.owner(field.message(), into: &directory.owner)
            case 5: directory.timestamp = try field.int()
            default: break
            }
        }
    }

    private mutating func makeSymlink(
        _ bytes: ArraySlice<UInt8>, into link: inout Operation.MakeSymlink
    ) throws(DecodingError) {
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: link.target = try field.string()
            case 2: link.path = try field.string()
            case 3: try decoder.owner(field.message(), into: &link.owner)
            case 4: link.timestamp = try field.int()
            default: break
            }
        }
    }

    private mutating func owner(
        _ bytes: ArraySlice<UInt8>, into owner: inout Operation.Owner?
    ) throws(DecodingError) {
        var result = owner ?? Operation.Owner(user: nil, group: nil)
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: result.user = try decoder.account(field.message())
            case 2: result.group = try decoder.account(field.message())
            default: break
            }
        }
        owner = result
    }

    private mutating func account(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> Operation.Account {
        var account = Operation.Account.id(0)
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1:
                var (name, input) = ("", 0)
                try decoder.fields(of: field.message()) { (_, number, field) throws(DecodingError) in
                    switch number {
                    case 1: name = try field.string()
                    case 2: input = try field.int()
                    default: break
                    }
                }
                account = .name(name, input: input)
            case 2: account = .id(try field.uint32())
            default: break
            }
        }
        return account
    }
}

/// A member of an enumeration by its number.
private func known<Member>(
    _ what: String, _ field: ProtobufReader.WireValue, _ make: (Int) -> Member?
) throws(DecodingError) -> Member {
    let number = try field.int32()
    guard let member = make(number) else { throw .invalid("there is no \(what) \(number)") }
    return member
}
