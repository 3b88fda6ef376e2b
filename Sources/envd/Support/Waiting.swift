import Dispatch
import Synchronization

/// Waits on this thread for something that runs on others.
func waiting<Result: Sendable>(for body: @escaping @Sendable () async -> Result) -> Result {
    let slot = Slot<Result>()
    let isDone = DispatchSemaphore(value: 0)
    Task.detached {
        let result = await body()
        slot.value.withLock { $0 = result }
        isDone.signal()
    }
    while true {
        isDone.wait()
        if let result = slot.value.withLock({ $0 }) { return result }
    }
}

private final class Slot<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}
