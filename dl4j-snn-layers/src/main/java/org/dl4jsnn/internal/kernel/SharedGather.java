package org.dl4jsnn.internal.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Simulates a fully connected layer whose weights do not fit into the caches: some samples take
 * turns at every block of channels, so that its weights come from memory once and not once a
 * sample.
 */
final class SharedGather implements SampleSimulation {

  /** Enough to make memory's share small. */
  static final int SAMPLES = 25;

  /** Steps that are listed together: as many lists as samples are in memory at a time. */
  private static final int STEPS = 32;

  /** Weights from which on it pays: what the caches of today's processors hold. */
  private static final long MANY_WEIGHTS = 1 << 22;

  private final GatherWeights layer;
  private final List<GatherSimulation> members = new ArrayList<>();

  /** Reads steps for all members, one after another. */
  private final StepSpikes spikes;

  SharedGather(GatherWeights layer) {
    this.layer = layer;
    this.spikes = ColumnEvents.spikes(layer.grouped);
  }

  /** Whether it pays for a layer; of others each weight serves many positions of one sample. */
  static boolean serves(GatherGeometry geometry) {
    return geometry.output().positions() == 1
        && (long) geometry.weightRows() * geometry.output().channels() > MANY_WEIGHTS;
  }

  @Override
  public boolean sumsInputs() {
    return member(0).sumsInputs();
  }

  @Override
  public void run(SampleRun run) {
    run(List.of(run));
  }

  @Override
  public void run(List<SampleRun> runs) {
    for (int i = 0; i < runs.size(); i++) {
      member(i).begin(runs.get(i));
    }
    List<GatherSimulation> working = members.subList(0, runs.size());
    int steps = runs.get(0).input().steps();
    for (int step = 0; step < steps; step += member(0).blockSteps()) {
      for (GatherSimulation member : working) {
        member.list(step);
      }
      for (ChannelBlocks.Block block : layer.blocks.blocks()) {
        for (GatherSimulation member : working) {
          member.run(step, block);
        }
      }
    }
    working.forEach(GatherSimulation::end);
  }

  private GatherSimulation member(int index) {
    while (members.size() <= index) {
      members.add(new GatherSimulation(layer, spikes, STEPS));
    }
    return members.get(index);
  }
}
