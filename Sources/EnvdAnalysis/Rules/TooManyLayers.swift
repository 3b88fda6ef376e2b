import EnvdLanguage
import EnvdSyntax
import LLB

extension Rule {
    /// More layers than Docker takes.
    static let tooManyLayers = Rule(
        "too-many-layers", .performance, .warning, page: PackageResources.too_many_layers_md,
        .plan { program, reporter in
            guard let plan = program.run.plan else { return }
            let links = BuildChain(plan.definition).links
            guard links.count > maximumLayers else { return }
            // The call that makes the most of them is the one to change.
            var counts: [Range<Int>: Int] = [:]
            for link in links {
                if let call = link.location.flatMap(program.call) { counts[call.calleeRange, default: 0] += 1 }
            }
            let most = counts.max { ($0.value, $1.key.lowerBound) < ($1.value, $0.key.lowerBound) }
            guard let place = most?.key ?? program.buildName else { return }
            let own = most.map { ", \($0.value) of them from here" } ?? ""
            reporter.report(
                place,
                "the build has \(links.count) steps\(own), and each becomes a layer; Docker's own store takes at most \(maximumLayers)"
            )
        })
}

/// Moby's `maxLayerDepth` (layer/layer_store.go); the layers of the image count as well.
private let maximumLayers = 125
