package org.dl4jsnn.internal.live;

import java.util.List;
import org.dl4jsnn.internal.host.SpikeLogic;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;

/**
 * Joined branches: amplitudes added, channels one after another, or a logic of ordinary spikes.
 *
 * @param firstChannels the channel of the join that is the first one of each branch
 * @param logic what decides where two branches fire; null for sums
 */
public record MergeLayer(FeatureShape shape, List<Integer> firstChannels, SpikeLogic logic)
    implements StatelessLayer {

  /** Sums of branches that count 1 and 2. */
  private static final int BOTH = 3;

  private static final int FIRST_ALONE = 1;

  @Override
  public PartScratch newScratch() {
    int fires = logic == SpikeLogic.AND ? BOTH : FIRST_ALONE;
    return PartScratch.ofSums(
        shape, logic == null ? StepSums.of(shape, 1) : StepSums.equalTo(shape, fires));
  }

  @Override
  public void run(PartScratch scratch, List<SpikeEvents> inputs) {
    for (int branch = 0; branch < inputs.size(); branch++) {
      SpikeEvents events = inputs.get(branch);
      int firstChannel = firstChannels.get(branch);
      for (int e = 0; e < events.size(); e++) {
        float amplitude = events.amplitude(e);
        if (logic != null) {
          SpikeLogic.requireOrdinary(amplitude == 1);
          amplitude = branch + 1;
        }
        int neuron = events.position(e) * shape.channels() + firstChannel + events.channel(e);
        scratch.sums.add(neuron, amplitude);
      }
    }
    scratch.sums.drain(scratch.fired);
  }
}
