import LLB
import Starlark

/// `State.run(…)`: a process.
enum RunMethod {
    static let method = StateMethod(
        "run", "command", "*", "mounts?", "env?", "dir??", "user??", "readonly_root?", "proxy?", "devices?",
        "optional_devices?", "valid_exit_codes?", "name?", "constraints??"
    ) { receiver, call, arguments in
        let words = try words(call, arguments)
        var process = ProcessOptions()
        process.isRootReadonly = try arguments.bool("readonly_root")
        process.proxy = try proxy(arguments)
        process.devices = try arguments.strings("devices").map { Operation.Device(name: $0) }
        process.devices += try arguments.strings("optional_devices").map {
            Operation.Device(name: $0, isOptional: true)
        }
        process.validExitCodes = try exitCodes(arguments)
        var mounts: [MountSpecification] = []
        for value in try arguments.sequence("mounts") {
            guard let mount = value.asHost(MountValue.self) else {
                throw arguments.mismatch("mounts", value, "list of mounts")
            }
            switch mount.content {
            case .mount(let specification): mounts.append(specification)
            case .secret(let secret): process.secrets.append(secret)
            case .ssh(let socket): process.sshSockets.append(socket)
            }
        }
        let options = try arguments.options(call, receiver.binding.blame)
        let execution = try settings(receiver.state, arguments).run(
            words, mounts: mounts, process: process, options: options)
        // What was set for this process alone does not last.
        let root = execution.root.takingSettings(of: receiver.state)
        let left = zip(mounts, execution.mounts).compactMap { mount, state in
            state.map { (mount.destination, $0) }
        }
        return try receiver.binding.value(root, call.heap, mounts: left)
    }

    /// A string is split into words as BuildKit's client does, a list is taken as it is.
    private static func words(_ call: HostCall, _ arguments: BoundArguments) throws -> [String] {
        guard arguments.value("command").asString != nil else { return try arguments.strings("command") }
        let (words, isComplete) = ShellWords.split(try arguments.string("command"))
        // The client drops what it does not understand without a word, and with it what envd hands over.
        guard isComplete || call.isFromPrelude else {
            throw arguments.wrong("command", "ends within quotes or after a backslash")
        }
        return words
    }

    private static func settings(_ state: State, _ arguments: BoundArguments) throws -> State {
        var state = state
        for (name, value) in try arguments.stringDict("env") {
            guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: "=")) else {
                throw arguments.wrong("env", "\"\(name)\" is no name of a variable")
            }
            state = state.settingEnvironment(name, to: value)
        }
        if let directory = try arguments.optionalString("dir") { state = state.settingDirectory(directory) }
        if let user = try arguments.optionalString("user") { state = state.settingUser(user) }
        return state
    }

    private static func proxy(_ arguments: BoundArguments) throws -> Operation.Proxy? {
        let settings = try arguments.stringDict("proxy")
        guard !settings.isEmpty else { return nil }
        var proxy = Operation.Proxy()
        for (name, value) in settings {
            switch name {
            case "http": proxy.http = value
            case "https": proxy.https = value
            case "ftp": proxy.ftp = value
            case "no": proxy.none = value
            case "all": proxy.all = value
            default: throw arguments.wrong("proxy", "knows http, https, ftp, no and all, not \"\(name)\"")
            }
        }
        return proxy
    }

    private static func exitCodes(_ arguments: BoundArguments) throws -> [Int] {
        try arguments.sequence("valid_exit_codes").map { value throws(EvaluationError) in
            guard let code = value.asInt, (0...255).contains(code) else {
                throw arguments.wrong("valid_exit_codes", "must be numbers from 0 to 255")
            }
            return code
        }
    }
}
