package org.dl4jsnn.internal.kernel;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.dl4jsnn.internal.parallel.ParallelSamples;

/**
 * Simulations of a layer between two tasks. Their scratch memory is large: making it for every
 * sample keeps the collector busy. It may take them at any time, so a network at rest keeps none.
 * Thread-safe.
 */
final class IdleSimulations {

  private record Idle(Share share, WeakReference<SampleSimulation> simulation) {}

  private final Deque<Idle> idle = new ArrayDeque<>();

  /** A simulation of this share; null if there is none. */
  synchronized SampleSimulation take(Share share) {
    for (Iterator<Idle> each = idle.iterator(); each.hasNext(); ) {
      Idle next = each.next();
      SampleSimulation simulation = next.simulation.get();
      if (simulation == null || next.share.equals(share)) {
        each.remove();
      }
      if (simulation != null && next.share.equals(share)) {
        return simulation;
      }
    }
    return null;
  }

  /** Keeps those of a minibatch on all threads and those of divided samples, the latest first. */
  synchronized void put(Share share, SampleSimulation simulation) {
    idle.addFirst(new Idle(share, new WeakReference<>(simulation)));
    while (idle.size() > 2 * ParallelSamples.threads()) {
      idle.removeLast();
    }
  }
}
