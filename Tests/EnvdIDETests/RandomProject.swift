import EnvdSyntax

/// Random numbers that are the same for the same seed (SplitMix64).
struct ProjectRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { bound <= 0 ? 0 : Int(next() % UInt64(bound)) }
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
}

/// Random projects of three files whose programs run to their end and print what they compute. Few names are used, and again in every
/// scope, so that a change of one easily means another.
struct RandomProject {
    var random: ProjectRandom

    static let names = ["a", "b", "c", "value", "item", "total", "size"]

    private struct Function {
        let name: String
        let parameters: [String]
        let required: Int
    }

    mutating func project() -> EditedProject {
        let library = file(loading: [])
        let middle = file(loading: [("lib.envd", library.functions, library.globals)])
        let program = file(loading: [
            ("lib.envd", library.functions, library.globals), ("dir/middle.envd", middle.functions, middle.globals),
        ])
        return EditedProject([
            "lib.envd": library.text, "dir/middle.envd": middle.text, "build.envd": program.text,
        ])
    }

    // MARK: - Files

    private mutating func file(
        loading sources: [(path: String, functions: [Function], globals: [String])]
    ) -> (text: String, functions: [Function], globals: [String]) {
        var text = random.chance(30) ? "# A file.\n\n" : ""
        var taken: Set<String> = []
        var functions: [Function] = []
        var globals: [String] = []
        func fresh(_ random: inout ProjectRandom) -> String? {
            let free = RandomProject.names.filter { !taken.contains($0) }
            guard !free.isEmpty else { return nil }
            let name = random.pick(free)
            taken.insert(name)
            return name
        }
        for source in sources {
            var items: [String] = []
            for function in source.functions where random.chance(70) {
                guard let item = loadItem(function.name, fresh) else { continue }
                items.append(item.text)
                functions.append(
                    Function(name: item.name, parameters: function.parameters, required: function.required))
            }
            for global in source.globals where random.chance(50) {
                guard let item = loadItem(global, fresh) else { continue }
                items.append(item.text)
                globals.append(item.name)
            }
            if items.isEmpty { continue }
            text += "load(\"\(source.path)\", \(items.joined(separator: ", ")))"
            text += random.chance(20) ? "  # why\n" : "\n"
        }
        text += "\n"
        let loadedCount = functions.count
        let loadedGlobals = globals.count
        for _ in 0..<(1 + random.below(2)) {
            guard let name = fresh(&random) else { break }
            text += "\(name) = \(expression(globals, functions, 2))\n"
            globals.append(name)
        }
        for _ in 0..<(1 + random.below(3)) {
            guard let name = fresh(&random) else { break }
            let (definition, function) = self.function(name, globals, functions, indentation: "")
            text += "\n\n" + definition
            functions.append(function)
        }
        text += "\n\n"
        for function in functions { text += "print(\(call(function, globals, functions, 1)))\n" }
        for name in globals { text += "print(\(name))\n" }
        return (text, Array(functions.dropFirst(loadedCount)), Array(globals.dropFirst(loadedGlobals)))
    }

    private mutating func loadItem(
        _ name: String, _ fresh: (inout ProjectRandom) -> String?
    ) -> (text: String, name: String)? {
        guard let own = fresh(&random) else { return nil }
        return (own == name ? "\"\(name)\"" : "\(own) = \"\(name)\"", own)
    }

    // MARK: - Functions

    private mutating func function(
        _ name: String, _ globals: [String], _ functions: [Function], indentation: String
    ) -> (text: String, function: Function) {
        var parameters: [String] = []
        for _ in 0..<random.below(4) {
            let parameter = random.pick(RandomProject.names)
            if !parameters.contains(parameter) { parameters.append(parameter) }
        }
        let required = random.below(parameters.count + 1)
        let head = parameters.enumerated().map { index, parameter in
            index < required ? parameter : "\(parameter) = \(random.below(9))"
        }.joined(separator: ", ")
        var text = "\(indentation)def \(name)(\(head)):\n"
        let inner = indentation + "    "
        if random.chance(30) { text += "\(inner)\"\"\"Does it.\n\n\(inner)Args:\n" }
        if text.hasSuffix("Args:\n") {
            for parameter in parameters { text += "\(inner)    \(parameter): a number\n" }
            text += "\(inner)\"\"\"\n"
        }
        // What the function binds anywhere is its own everywhere.
        let locals = RandomProject.names.filter { !parameters.contains($0) && random.chance(40) }
        let own = Set(locals + parameters)
        let outer = globals.filter { !own.contains($0) }
        let callable = functions.filter { !own.contains($0.name) }
        var known = parameters + outer
        text += block(&known, locals + parameters, callable, inner, 2, statements: 1 + random.below(4))
        text += "\(inner)return \(expression(known, callable, 2))\n"
        return (text, Function(name: name, parameters: parameters, required: required))
    }

    /// - Parameters:
    ///   - known: the names that have a number as their value.
    ///   - locals: those that may be assigned.
    private mutating func block(
        _ known: inout [String], _ locals: [String], _ functions: [Function], _ indentation: String, _ depth: Int,
        statements: Int
    ) -> String {
        var text = ""
        for _ in 0..<statements {
            switch random.below(depth > 0 ? 9 : 5) {
            case 0, 1:
                guard let name = locals.randomElement(using: &random) else { continue }
                text += "\(indentation)\(name) = \(expression(known, functions, 2))\n"
                if !known.contains(name) { known.append(name) }
            case 2:
                guard let name = locals.filter({ known.contains($0) }).randomElement(using: &random) else { continue }
                text += "\(indentation)\(name) += \(expression(known, functions, 1))\n"
            case 3: text += "\(indentation)print(\(expression(known, functions, 2)))\n"
            case 4:
                guard let first = locals.first, let second = locals.last, first != second else { continue }
                text +=
                    "\(indentation)\(first), \(second) = \(expression(known, functions, 1)), "
                    + "\(expression(known, functions, 1))\n"
                for name in [first, second] where !known.contains(name) { known.append(name) }
            case 5:
                var inside = known
                text += "\(indentation)if \(expression(known, functions, 1)) > \(random.below(20)):\n"
                text += suite(&inside, locals, functions, indentation, depth)
                if random.chance(50) {
                    var other = known
                    text += "\(indentation)else:\n" + suite(&other, locals, functions, indentation, depth)
                }
            case 6, 7:
                guard let name = locals.randomElement(using: &random) else { continue }
                var inside = known
                if !inside.contains(name) { inside.append(name) }
                text += "\(indentation)for \(name) in range(\(1 + random.below(3))):\n"
                text += suite(&inside, locals, functions, indentation, depth)
            default:
                // A function within the function, which reads what is around it.
                let free = locals.filter { !known.contains($0) }
                guard indentation.count == 4, let name = free.randomElement(using: &random) else { continue }
                let settled = known.filter { !locals.contains($0) }
                let (definition, function) = self.function(name, settled, functions, indentation: indentation)
                text += definition
                text += "\(indentation)print(\(call(function, known, functions, 1)))\n"
                return text
            }
        }
        return text
    }

    private mutating func suite(
        _ known: inout [String], _ locals: [String], _ functions: [Function], _ indentation: String, _ depth: Int
    ) -> String {
        let inner = indentation + "    "
        let text = block(&known, locals, functions, inner, depth - 1, statements: 1 + random.below(2))
        return text.isEmpty ? "\(inner)pass\n" : text
    }

    // MARK: - Expressions

    private mutating func expression(_ known: [String], _ functions: [Function], _ depth: Int) -> String {
        guard depth > 0 else { return atom(known) }
        switch random.below(9) {
        case 0, 1: return atom(known)
        case 2: return "\(expression(known, functions, depth - 1)) + \(expression(known, functions, depth - 1))"
        case 3: return "(\(expression(known, functions, depth - 1)) - \(atom(known))) * \(atom(known))"
        case 4:
            guard !functions.isEmpty else { return atom(known) }
            return call(random.pick(functions), known, functions, depth - 1)
        case 5:
            let name = random.pick(RandomProject.names)
            let inner = known + [name]
            let hidden = functions.filter { $0.name != name }
            return "len([\(expression(inner, hidden, depth - 1)) for \(name) in range(\(1 + random.below(3)))])"
        case 6:
            return
                "(\(expression(known, functions, depth - 1)) if \(atom(known)) > \(random.below(9)) else \(atom(known)))"
        case 7: return "len([\(expression(known, functions, depth - 1)), \(expression(known, functions, depth - 1))])"
        default:
            let name = random.pick(RandomProject.names)
            return "(lambda \(name): \(expression(known + [name], [], 1)))(\(atom(known)))"
        }
    }

    private mutating func atom(_ known: [String]) -> String {
        known.isEmpty || random.chance(30) ? String(random.below(9)) : random.pick(known)
    }

    private mutating func call(
        _ function: Function, _ known: [String], _ functions: [Function], _ depth: Int
    ) -> String {
        var arguments: [String] = []
        var isNamed = false
        for (index, parameter) in function.parameters.enumerated() {
            if index >= function.required, random.chance(40) {
                isNamed = true
                continue
            }
            isNamed = isNamed || random.chance(30)
            let value = depth > 0 ? expression(known, functions, depth - 1) : atom(known)
            arguments.append(isNamed ? "\(parameter) = \(value)" : value)
        }
        return "\(function.name)(\(arguments.joined(separator: ", ")))"
    }
}
