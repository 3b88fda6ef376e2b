import EnvdAnalysis
import EnvdSyntax

extension FileAnalysis {
    /// Where the name at an offset is defined: a function, the assignments of a variable, a parameter, a file, a function of the API.
    /// Names that are loaded lead to the file that defines them.
    ///
    /// - Parameter offset: in UTF-8 bytes.
    package func definition(at offset: Int) -> (origin: Range<Int>, targets: [Target])? {
        guard let (token, meaning) = meaning(at: offset) else { return nil }
        return (token.range, targets(of: meaning))
    }

    /// Where the name at an offset comes into the file: of a loaded name, its `load` statement.
    package func declaration(at offset: Int) -> (origin: Range<Int>, targets: [Target])? {
        guard let (token, meaning) = meaning(at: offset) else { return nil }
        return (token.range, targets(of: meaning, followsLoads: false))
    }

    /// Where the type of the value at an offset is declared: the functions that it may be.
    package func typeDefinition(at offset: Int) -> (origin: Range<Int>, targets: [Target])? {
        guard let token = nameToken(at: offset), let semantics = checked.semantics(at: token.range.lowerBound) else {
            return nil
        }
        var found: [Target] = []
        for member in semantics.type(ofNameAt: token).members {
            switch member {
            case .instance(let record) where record.name == "State":
                found += targets(of: .module(path: "@envd/v1/state.envd"))
            case .module(let record): found += targets(of: .builtin(record.name))
            case .function(let function):
                let parts = function.name.split(separator: ".")
                if parts.count == 2 {
                    found += targets(of: .moduleMember(String(parts[1]), module: String(parts[0])))
                } else if function.file.isEmpty {
                    found += targets(of: .global(function.name))
                }
            default: break
            }
        }
        return (token.range, found)
    }
}
