package org.dl4jsnn.internal.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Simulates a fully connected layer whose weights do not fit into the caches: several samples take
 * turns at every block of channels, so that its weights are read from memory once and not once per
 * sample.
 */
final class SharedGather implements SummingSimulation {

  /** Samples at a time: enough to make the cost of reading memory small. */
  static final int SAMPLES = 25;

  /** Steps that are listed together: there is one list per sample in memory. */
  private static final int STEPS = 32;

  /** Weights of a block that samples take turns at: they stay in a core's second-level cache. */
  private static final int WEIGHTS_AT_ONCE = 1 << 17;

  /** The number of weights from which it pays off: about what today's caches hold. */
  private static final long MANY_WEIGHTS = 1 << 22;

  private final GatherWeights layer;
  private final Share share;
  private final int weightsAtOnce;
  private final List<GatherSimulation> members = new ArrayList<>();

  /** Reads steps for all members, one after another. */
  private final StepSpikes spikes;

  SharedGather(GatherWeights layer, Share share) {
    this(layer, share, WEIGHTS_AT_ONCE);
  }

  SharedGather(GatherWeights layer, Share share, int weightsAtOnce) {
    this.layer = layer;
    this.share = share;
    this.weightsAtOnce = weightsAtOnce;
    this.spikes = new StepSpikes(layer.codes);
  }

  /** Whether it pays off for a layer; in other layers each weight serves many positions. */
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

  /** Of the first of the samples. */
  @Override
  public void copy(int position, int firstChannel, int channels, float[] to, int at) {
    member(0).copy(position, firstChannel, channels, to, at);
  }

  @Override
  public void run(List<SampleRun> runs) {
    for (int i = 0; i < runs.size(); i++) {
      member(i).begin(runs.get(i));
    }
    List<GatherSimulation> working = members.subList(0, runs.size());
    int steps = runs.get(0).input().steps();
    for (int first = 0; first < steps; first += STEPS) {
      for (GatherSimulation member : working) {
        member.list(first);
      }
      int end = Math.min(steps, first + STEPS);
      for (ChannelBlocks.Block block : layer.blocks(share)) {
        for (int step = first; step < end; step++) {
          run(working, block, step, step - first);
        }
      }
    }
    working.forEach(GatherSimulation::end);
  }

  /** One step of all samples, block of weight rows after block. */
  private void run(
      List<GatherSimulation> working, ChannelBlocks.Block block, int step, int listed) {
    int rows = Math.max(1, weightsAtOnce / block.width());
    for (GatherSimulation member : working) {
      member.beginStep(step, listed, block);
    }
    boolean going = true;
    for (int limit = rows; going; limit += rows) {
      going = false;
      for (GatherSimulation member : working) {
        going |= member.runUntil(limit, block);
      }
    }
  }

  private GatherSimulation member(int index) {
    while (members.size() <= index) {
      members.add(new GatherSimulation(layer, share, spikes, STEPS));
    }
    return members.get(index);
  }
}
