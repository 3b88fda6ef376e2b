#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What to show a registry so that it lets us in.
enum RegistryCredentials: Hashable, Sendable {
    case password(user: String, password: String)
    /// Exchanged for a token of the registry (OAuth 2).
    case identityToken(String)
}

/// The logins that `docker login` left behind: the user's `config.json`, and the programs that it names.
struct DockerCredentials: Sendable {
    private let file: File
    private let fileName: String
    private let programs: ProgramRunner

    private struct File: Decodable {
        struct Login: Decodable {
            var auth: String?
            var identitytoken: String?
        }
        var auths: [String: Login]?
        var credsStore: String?
        var credHelpers: [String: String]?
    }

    /// A file of logins is small.
    private static let maximumFileSize = 4 << 20

    /// - Parameter directory: the one with `config.json`; nil or without that file for nobody's logins.
    init(directory: String?, programs: ProgramRunner) throws(FetchError) {
        self.programs = programs
        fileName = (directory ?? "") + "/config.json"
        guard directory != nil, let content = FileManager.default.contents(atPath: fileName) else {
            file = File()
            return
        }
        do {
            guard content.count <= DockerCredentials.maximumFileSize else { throw FetchError("too large") }
            file = try JSONDecoder().decode(File.self, from: content)
        } catch {
            throw FetchError("cannot use '\(fileName)': it is no configuration of docker's")
        }
    }

    /// The login for a registry; nil if there is none.
    ///
    /// - Parameter names: what the registry may be called in the file, such as `docker.io` and
    ///   `https://index.docker.io/v1/`; the first is what a program is asked for.
    func credentials(for names: [String]) async throws -> RegistryCredentials? {
        for name in names {
            if let helper = file.credHelpers?[name] { return try await ask(helper, for: name) }
        }
        if let store = file.credsStore, !store.isEmpty, let name = names.first {
            if let found = try await ask(store, for: name) { return found }
        }
        for (key, login) in (file.auths ?? [:]).sorted(by: { $0.key < $1.key })
        where names.contains(key) || names.contains(DockerCredentials.host(key)) {
            if let token = login.identitytoken, !token.isEmpty { return .identityToken(token) }
            if let auth = login.auth, !auth.isEmpty { return try decode(auth, of: key) }
        }
        return nil
    }

    /// `https://ghcr.io/v1/` and `ghcr.io` are the same.
    private static func host(_ key: String) -> String {
        let bare = key.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false).last ?? ""
        return String(bare.prefix { $0 != "/" })
    }

    private func decode(_ auth: String, of key: String) throws(FetchError) -> RegistryCredentials {
        let bytes = Data(base64Encoded: auth, options: .ignoreUnknownCharacters)
        guard
            let text = bytes.flatMap({ String(bytes: $0, encoding: .utf8) }), let colon = text.firstIndex(of: ":")
        else { throw FetchError("'\(fileName)' holds a login for \(key) that is not USER:PASSWORD in base 64") }
        let password = text[text.index(after: colon)...].filter { $0 != "\0" }
        return .password(user: String(text[..<colon]), password: String(password))
    }

    // MARK: - Programs

    private struct Answer: Decodable {
        var Username: String?
        var Secret: String?
    }

    /// Asks `docker-credential-HELPER`, by the protocol of docker's credential helpers.
    private func ask(_ helper: String, for name: String) async throws -> RegistryCredentials? {
        guard !helper.isEmpty, !helper.utf8.contains(UInt8(ascii: "/")) else {
            throw FetchError("'\(fileName)' names a credential helper '\(helper.prefix(80))' that is no program's name")
        }
        let program = "docker-credential-\(helper)"
        let result: ProgramRunner.Result
        do {
            result = try await programs.run(program, ["get"], input: name, limit: 64 << 10, seconds: 30)
        } catch let error as FetchError {
            throw FetchError(
                "\(program), which '\(fileName)' names for \(name), does not work: \(error.message)")
        }
        guard result.isSuccess else {
            // The protocol's way to say that there is no login.
            if result.output.contains("credentials not found") { return nil }
            let words = (result.output + result.errors).split(whereSeparator: \.isNewline).first ?? "no reason given"
            throw FetchError("\(program) has no login for \(name): \(words.prefix(200))")
        }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(result.output.utf8)),
            let secret = answer.Secret, !secret.isEmpty
        else { throw FetchError("what \(program) answered is no login") }
        let user = answer.Username ?? ""
        return user == "<token>" ? .identityToken(secret) : .password(user: user, password: secret)
    }
}
