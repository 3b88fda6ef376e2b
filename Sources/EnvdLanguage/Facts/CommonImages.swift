#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// What is known of images that many programs start from, read from the Dockerfiles that make them. Tags move, so whatever
/// comes from here is an assumption; a project that needs certainty keeps an `envd.lock`.
package enum CommonImages {
    /// What the table says of an image; nil if nothing.
    ///
    /// Most plans ask once, so the table is searched as it stands and one line of it is read.
    ///
    /// - Parameter name: a reference with its host and a tag or a digest.
    package static func fact(for name: String) -> ImageFact? {
        var fact = ImageFact()
        var lines: [Line] = []
        var next: String? = name
        // The table is ours, and no image in it is based on more than a few others.
        while let name = next, lines.count < 8, let line = line(for: Array(name.utf8)) {
            lines.append(line)
            next = line.base
        }
        guard !lines.isEmpty else { return nil }
        for line in lines.reversed() { line.apply(to: &fact) }
        return fact
    }

    /// The names and patterns of every line, for tests.
    static var names: [[String]] {
        table.withUTF8Buffer { buffer in
            var all: [[String]] = []
            forEachLine(in: buffer) { line in
                var names: [String] = []
                forEachName(in: line) { names.append(String(decoding: $0, as: UTF8.self)) }
                all.append(names)
                return true
            }
            return all
        }
    }

    /// The references in the table that are no patterns, as people write them: `python:3.12`.
    package static let tags: [String] = names.joined().filter { !FactTable.isPattern($0) }.map(short)

    /// A reference without what it has by default.
    package static func short(_ reference: String) -> String {
        let prefix = ["docker.io/library/", "docker.io/"].first { reference.hasPrefix($0) } ?? ""
        return String(reference.dropFirst(prefix.utf8.count))
    }

    // MARK: - Lines

    private struct Line {
        let base: String?
        let environment: [String]
        let entrypoint: [String]?
        let user: String?
        let workingDirectory: String?

        init(_ object: FactReader) throws(FactTableError) {
            base = try object.member("base")?.string()
            environment = try object.member("Env")?.strings() ?? []
            entrypoint = try object.member("Entrypoint")?.strings()
            user = try object.member("User")?.string()
            workingDirectory = try object.member("WorkingDir")?.string()
        }

        /// Variables keep their places when they get other values, as in an image's config.
        func apply(to fact: inout ImageFact) {
            for variable in environment {
                let name = variable.utf8.prefix { $0 != UInt8(ascii: "=") }
                let place = fact.environment.firstIndex {
                    $0.utf8.prefix { $0 != UInt8(ascii: "=") }.elementsEqual(name)
                }
                if let place { fact.environment[place] = variable } else { fact.environment.append(variable) }
            }
            if let entrypoint { fact.entrypoint = entrypoint }
            if let user { fact.user = user }
            if let workingDirectory { fact.workingDirectory = workingDirectory }
        }
    }

    private typealias Bytes = UnsafeBufferPointer<UInt8>

    /// The line with that very name, else with the longest pattern that matches.
    private static func line(for name: [UInt8]) -> Line? {
        table.withUTF8Buffer { buffer in
            name.withUnsafeBufferPointer { name in
                var exact: Bytes?
                var best: (length: Int, line: Bytes)?
                forEachLine(in: buffer) { line in
                    forEachName(in: line) { candidate in
                        switch match(candidate, name) {
                        case .none: break
                        case .exact: exact = line
                        case .pattern: if candidate.count > best?.length ?? 0 { best = (candidate.count, line) }
                        }
                    }
                    return exact == nil
                }
                return (exact ?? best?.line).flatMap(read)
            }
        }
    }

    private enum Match { case none, exact, pattern }

    /// Whether a name of the table is the one that is looked for, or a pattern that matches it. Nearly all differ before the star
    /// of a pattern could.
    private static func match(_ candidate: Bytes, _ name: Bytes) -> Match {
        let place = commonPrefix(candidate, name)
        if place == candidate.count { return place == name.count ? .exact : .none }
        guard candidate[place] == UInt8(ascii: "*") else { return .none }
        let pattern = ShellPattern(String(decoding: candidate, as: UTF8.self))
        return pattern.matches(String(decoding: name, as: UTF8.self)) ? .pattern : .none
    }

    /// How many bytes are the same from the beginning on. Most names begin with the same host, so words are compared first.
    private static func commonPrefix(_ one: Bytes, _ other: Bytes) -> Int {
        let count = min(one.count, other.count)
        let (oneWords, otherWords) = (UnsafeRawBufferPointer(one), UnsafeRawBufferPointer(other))
        var place = 0
        while place + 8 <= count,
            oneWords.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                == otherWords.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        { place += 8 }
        while place < count, one[place] == other[place] { place += 1 }
        return place
    }

    private static func offset(of byte: UInt8, in bytes: Bytes) -> Int? {
        guard let start = bytes.baseAddress, let place = memchr(start, Int32(byte), bytes.count) else { return nil }
        return UnsafeRawPointer(place) - UnsafeRawPointer(start)
    }

    /// - Parameter body: says whether to go on.
    private static func forEachLine(in table: Bytes, _ body: (Bytes) -> Bool) {
        var rest = table
        while !rest.isEmpty {
            let length = offset(of: UInt8(ascii: "\n"), in: rest) ?? rest.count
            if !body(Bytes(rebasing: rest[..<length])) { return }
            rest = Bytes(rebasing: rest[min(length + 1, rest.count)...])
        }
    }

    /// A line begins with its names, which hold nothing that JSON would escape.
    private static func forEachName(in line: Bytes, _ body: (Bytes) -> Void) {
        let opening = #"{"images":[""#.utf8.count
        guard line.count > opening else { return }
        var rest = Bytes(rebasing: line[opening...])
        while let length = offset(of: UInt8(ascii: "\""), in: rest) {
            body(Bytes(rebasing: rest[..<length]))
            // A comma and another name, or the end of the names.
            guard length + 3 < rest.count, rest[length + 1] == UInt8(ascii: ",") else { return }
            rest = Bytes(rebasing: rest[(length + 3)...])
        }
    }

    private static func read(_ line: Bytes) -> Line? {
        // A test reads every line.
        try? FactReader.read(Array(line)) { (line) throws(FactTableError) in try Line(line) }
    }
}

extension ImageFact {
    /// For an image of which nothing is known: what a container gets that sets no search path.
    static let unknown = ImageFact(environment: [
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    ])
}
