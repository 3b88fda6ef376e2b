extension Definition {
    /// The graph in Graphviz's language, as `envd debug llb --dot` of upstream prints it.
    package var dot: String {
        var text = "digraph {\n"
        for entry in entries {
            let (label, shape) = entry.appearance
            text += "  \(quoted(entry.digest.description)) [label=\(quoted(label)) shape=\(quoted(shape))];\n"
        }
        for entry in entries {
            for (index, input) in entry.operation.inputs.enumerated() {
                var label = ""
                if case .exec(let exec) = entry.operation.body {
                    for mount in exec.mounts where mount.input == index && mount.destination != "/" {
                        label = mount.destination
                    }
                }
                let (from, to) = (input.digest.description, entry.digest.description)
                text += "  \(quoted(from)) -> \(quoted(to)) [label=\(quoted(label))];\n"
            }
        }
        return text + "}\n"
    }

    /// Go's `%q`: escapes as in a Go string literal.
    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{7}": result += "\\a"
            case "\u{8}": result += "\\b"
            case "\u{c}": result += "\\f"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{b}": result += "\\v"
            case "\u{0}"..<" ", "\u{7f}":
                let digits = String(scalar.value, radix: 16)
                result += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension Definition.Entry {
    fileprivate var appearance: (label: String, shape: String) {
        switch operation.body {
        case .source(let source): (source.identifier, "ellipse")
        case .exec(let exec): (exec.arguments.joined(separator: " "), "box")
        case .build: ("build", "box3d")
        case .merge: ("merge", "invtriangle")
        case .diff: ("diff", "doublecircle")
        case .file(let actions): (actions.map(\.label).joined(separator: ","), "note")
        case nil: (digest.description, "plaintext")
        }
    }
}

extension Operation.FileAction {
    fileprivate var label: String {
        switch kind {
        case .copy(let copy): "copy{src=\(copy.source), dest=\(copy.destination)}"
        case .makeFile(let file): "mkfile{path=\(file.path)}"
        case .makeDirectory(let directory): "mkdir{path=\(directory.path)}"
        case .remove(let removal): "rm{path=\(removal.path)}"
        case .makeSymlink(let link): "symlink{oldpath=\(link.target), newpath=\(link.path)}"
        }
    }
}
