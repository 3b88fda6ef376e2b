import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

/// A text in a program that leads somewhere: a file that is loaded, a file of the project, a page.
package struct DocumentLink: Hashable, Sendable {
    package enum Destination: Hashable, Sendable {
        case file(TargetFile)
        /// As an absolute path.
        case path(String)
        case url(String)
    }

    /// What is underlined, in UTF-8 bytes of the file.
    package let range: Range<Int>
    package let destination: Destination
    /// What a click does.
    package let tooltip: String
}

extension FileAnalysis {
    /// The links of the file, in source order.
    ///
    /// - Parameter isCancelled: asked now and then. What comes back then is worth nothing.
    package func documentLinks(isCancelled: () -> Bool = { false }) -> [DocumentLink] {
        var links: [DocumentLink] = []
        for (offset, chunk) in file.chunks where chunk.mayLink {
            if isCancelled() { return links }
            for statement in chunk.statements(at: offset) {
                if let load = LoadStmt(statement), let link = link(of: load) { links.append(link) }
                for node in statement.descendants {
                    if node.kind == .callExpr, let call = CallExpr(node) { links += pathLinks(of: call) }
                }
                if statement.kind != .loadStmt { links += urlLinks(in: statement) }
            }
        }
        var ends = -1
        return links.sorted { $0.range.lowerBound < $1.range.lowerBound }.filter { link in
            guard link.range.lowerBound >= ends else { return false }
            ends = link.range.upperBound
            return true
        }
    }

    private func link(of load: LoadStmt) -> DocumentLink? {
        guard let token = load.module, let path = load.path, !token.contentRange.isEmpty else { return nil }
        if case .repository(let url) = LoadPath(path) {
            guard url.hasPrefix("https://") || url.hasPrefix("http://") else { return nil }
            return DocumentLink(range: token.contentRange, destination: .url(url), tooltip: "Open the repository")
        }
        guard let target = targets(of: .module(path: path)).first else { return nil }
        return DocumentLink(range: token.contentRange, destination: .file(target.file), tooltip: "Open \(path)")
    }

    // MARK: - Paths of the project

    /// The paths among the arguments of a call of the API that the project has.
    private func pathLinks(of call: CallExpr) -> [DocumentLink] {
        guard let project, let function = function(calledBy: call) else { return [] }
        var links: [DocumentLink] = []
        var position = 0
        for argument in call.argumentList?.arguments.map({ $0 }) ?? [] {
            let parameter: APIParameter?
            let value: Expr?
            switch argument {
            case .expr(let expression):
                parameter = position < function.parameters.count ? function.parameters[position] : nil
                value = expression
                position += 1
            case .keywordArgument(let keyword):
                parameter = keyword.name.flatMap { function.parameter($0.text) }
                value = keyword.value
            case .unpackArgument: return links
            }
            guard let parameter, let value, parameter.type.contains("HostPath") else { continue }
            for token in texts(of: value) {
                guard let bytes = StringLiteral.value(of: token), !bytes.isEmpty else { continue }
                let text = String(decoding: bytes, as: UTF8.self)
                // To `io.copy` a slash at the beginning is the project's folder.
                let path = function.name == "io.copy" ? String(text.drop { $0 == "/" }) : text
                guard !path.hasPrefix("/"), !path.hasPrefix("~"), project.view.status(path) == .file else { continue }
                links.append(
                    DocumentLink(
                        range: token.contentRange, destination: .path(project.root + "/" + path),
                        tooltip: "Open \(text)"))
            }
        }
        return links
    }

    private func function(calledBy call: CallExpr) -> APIFunction? {
        switch call.callee {
        case .name(let name)?:
            guard let token = name.name, checked.kind(ofGlobal: token.text) == .builtin else { return nil }
            return APIReference.v1.functions[token.text]
        case .dot(let dot)?:
            guard case .name(let base)? = dot.base, let module = base.name?.text, let name = dot.name?.text,
                checked.kind(ofGlobal: module) == .module
            else { return nil }
            return APIReference.v1.functions["\(module).\(name)"]
        default: return nil
        }
    }

    private func texts(of value: Expr) -> [SyntaxToken] {
        switch value {
        case .literal(let literal):
            guard let token = literal.token, token.kind == .string, !token.isBroken else { return [] }
            return [token]
        case .list(let list):
            return list.elements.flatMap { element -> [SyntaxToken] in
                guard case .literal(let literal) = element, let token = literal.token, token.kind == .string,
                    !token.isBroken
                else { return [] }
                return [token]
            }
        default: return []
        }
    }

    // MARK: - Pages

    private func urlLinks(in statement: SyntaxNode) -> [DocumentLink] {
        var links: [DocumentLink] = []
        for token in statement.tokens where token.kind == .string {
            let bytes = token.bytes
            var at = 0
            while let start = nextURL(in: bytes, from: at) {
                var end = start
                while end < bytes.count, isOfURL(bytes[end]) { end += 1 }
                // What ends a sentence does not belong to it.
                while end > start, ".,;:!?)'".utf8.contains(bytes[end - 1]) { end -= 1 }
                at = max(end, start + 1)
                let url = String(decoding: bytes[start..<end], as: UTF8.self)
                guard let scheme = url.range(ofSeparator: "://"), scheme < url.utf8.count else { continue }
                links.append(
                    DocumentLink(
                        range: (token.range.lowerBound + start)..<(token.range.lowerBound + end),
                        destination: .url(url), tooltip: "Open the page"))
            }
        }
        return links
    }
}

private func nextURL(in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index + 8 <= bytes.count {
        if bytes[index] == UInt8(ascii: "h"),
            bytes[index...].starts(with: "https://".utf8) || bytes[index...].starts(with: "http://".utf8)
        {
            return index
        }
        index += 1
    }
    return nil
}

private func isOfURL(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !"\"<>\\^`{|}".utf8.contains(byte)
}

extension String {
    /// Where what follows a separator begins, in UTF-8 bytes.
    fileprivate func range(ofSeparator separator: String) -> Int? {
        let (bytes, wanted) = (Array(utf8), Array(separator.utf8))
        return bytes.indices.first { bytes[$0...].starts(with: wanted) }.map { $0 + wanted.count }
    }
}

extension Chunk {
    /// Whether there is a text in it at all.
    fileprivate var mayLink: Bool {
        withBytes { bytes in bytes.contains(UInt8(ascii: "\"")) || bytes.contains(UInt8(ascii: "'")) }
    }
}
