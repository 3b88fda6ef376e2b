import EnvdLanguage
import Foundation
import LLB
import SpecSupport
import Testing

/// The documents under `Tests/Specs/plan`: programs with the steps that they plan, where those come from, or why there are none.
///
/// Words after `envd` in the info string set the builder and the owner (`builder=docker-container owner=0:0`);
/// `file=NAME` names another file of the same project.
@Suite struct PlanSpecs {
    @Test(arguments: SpecDocument.paths(in: "plan"))
    func specs(path: String) throws {
        try SpecDocument(contentsOf: path).verify { specCase, expectation in
            var files: [String: String] = [:]
            for source in specCase.sources {
                let name = setting("file", source) ?? "build.envd"
                files[name] = String(decoding: source.bytes, as: UTF8.self)
            }
            let project = try TemporaryProject(files)
            var request = try project.request()
            if let builder = setting("builder", specCase.source).flatMap(PlanRequest.Builder.init) {
                request.builder = builder
            }
            if let owner = setting("owner", specCase.source).flatMap({ PlanRequest.Owner($0) }) {
                request.owner = owner
            }
            switch expectation.kind {
            case "error":
                do throws(PlanError) {
                    _ = try Planner(request).plan()
                    return "no error"
                } catch {
                    return error.line(in: project)
                }
            case "steps": return try Planner(request).plan().steps.map { line($0, project) }.joined(separator: "\n")
            case "stacks":
                return try Planner(request).plan().steps.map { stacks($0, project) }.joined(separator: "\n")
            case "runtime": return runtime(try Planner(request).plan().runtime)
            case "facts":
                return try Planner(request).plan().facts.map { "\($0.subject): \($0.origin)" }.joined(separator: "\n")
            default: return nil
            }
        }
    }

    private func setting(_ name: String, _ block: CodeBlock) -> String? {
        for word in block.info.split(separator: " ") where word.hasPrefix(name + "=") {
            return String(word.dropFirst(name.count + 1))
        }
        return nil
    }

    /// `NUMBER KIND TITLE <- NEEDS @ FILE:LINE`.
    private func line(_ step: PlanStep, _ project: TemporaryProject) -> String {
        let needs = step.needs.isEmpty ? "" : " <- " + step.needs.map(String.init).joined(separator: " ")
        let place = step.locations.first.map { " @ \(project.withoutDirectory($0.file)):\($0.line)" } ?? ""
        return "\(step.number) \(step.kind.rawValue) \(step.title)\(needs)\(place)"
    }

    /// `NUMBER KIND TITLE` and for each place `FILE:LINE in FUNCTION > FILE:LINE in FUNCTION`, outermost first.
    private func stacks(_ step: PlanStep, _ project: TemporaryProject) -> String {
        let stacks = step.locations.map { location in
            location.stack.map { "\(project.withoutDirectory($0.file)):\($0.line) in \($0.function)" }
                .joined(separator: " > ")
        }
        return (["\(step.number) \(step.kind.rawValue) \(step.title)"] + stacks).joined(separator: "\n    ")
    }

    private func runtime(_ settings: RuntimeSettings) -> String {
        var lines = ["image: \(settings.image)", "user: \(settings.user)", "directory: \(settings.workingDirectory)"]
        lines.append("entrypoint: \(settings.entrypoint)")
        lines += settings.environment.map { "environment: \($0)" }
        lines += settings.daemons.map { "daemon: \($0)" }
        lines += settings.initScripts.map { "init: \($0)" }
        lines += settings.commands.map { "command: \($0.name) = \($0.text)" }
        lines += settings.exposedPorts.map { port in
            "port: \(port.environmentPort) -> \(port.listenAddress):\(port.hostPort) \(port.service)"
        }
        lines += settings.mounts.map { "mount: \($0.source) at \($0.target)" }
        if let port = settings.jupyterPort { lines.append("jupyter: \(port)") }
        lines.append("gpus: \(settings.gpuCount), shared memory: \(settings.sharedMemory)")
        return lines.joined(separator: "\n")
    }
}
