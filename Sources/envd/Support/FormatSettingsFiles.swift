import EnvdFormat
import ProjectSettings

/// The settings that say how files are laid out: those of the nearest folder, from the file's own upward, that speaks of it.
struct FormatSettingsFiles {
    /// What a folder says.
    struct Found: Sendable {
        /// Without symbolic links. Patterns in the settings are seen from here.
        let folder: Path
        let settings: FormatSettings
    }

    private var byFolder: [Path: Found?] = [:]

    /// - Parameter file: nil is a text without a name, which counts as one of the current folder.
    mutating func settings(for file: Path?) throws(CommandFailure) -> Found? {
        let folder = file?.parent ?? Path(bytes: ".".utf8)
        if let known = byFolder[folder] { return known }
        var found: Found?
        if var candidate = folder.resolved {
            while true {
                found = try Self.read(in: candidate)
                if found != nil || candidate.parent == candidate { break }
                candidate = candidate.parent
            }
        }
        byFolder[folder] = .some(found)
        return found
    }

    private static func read(in folder: Path) throws(CommandFailure) -> Found? {
        var settings: FormatSettings?
        for name in ProjectSettings.fileNames {
            let path = folder.appending(name.utf8)
            guard let information = path.status(), information.isRegularFile else { continue }
            let bytes = try path.read()
            do throws(SettingsError) {
                let own = try FormatSettings(bytes, fileName: name)
                settings = settings?.filled(from: own) ?? own
            } catch {
                let place = error.position.map { ":\($0.line):\($0.column)" } ?? ""
                throw CommandFailure("\(path.fromHere.displayName)\(place): \(error.message)")
            }
        }
        return settings.map { Found(folder: folder, settings: $0) }
    }
}

extension Style {
    /// The settings' style; what they leave open is as in black.
    init(_ settings: FormatSettings?) {
        self.init()
        lineLength = settings?.lineLength ?? lineLength
        normalizesStrings = !(settings?.skipsStringNormalization ?? false)
        heedsMagicTrailingComma = !(settings?.skipsMagicTrailingComma ?? false)
    }
}
