package org.dl4jsnn.browser;

import org.dl4jsnn.runtime.Answer;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.teavm.jso.JSExport;

/** An {@link Answer} for a page. */
public final class BrowserAnswer {

  private final Answer answer;

  BrowserAnswer(Answer answer) {
    this.answer = answer;
  }

  /** {@return the decided class} */
  @JSExport
  public int decision() {
    return answer.decision();
  }

  /** {@return the outputs} */
  @JSExport
  public float[] outputs() {
    return answer.outputs();
  }

  /** {@return the steps that ran} */
  @JSExport
  public int steps() {
    return answer.steps();
  }

  /** {@return the layers that pass spikes on} */
  @JSExport
  public String[] layers() {
    return answer.layers().toArray(new String[0]);
  }

  /** {@return the spikes of a layer: [T, neurons in array order]} */
  @JSExport
  public float[] spikes(String layer) {
    SpikeTrain train = answer.spikes(layer);
    int neurons = train.shape().neurons();
    float[] spikes = new float[train.steps() * neurons];
    SpikeEvents events = new SpikeEvents(train.shape());
    for (int step = 0; step < train.steps(); step++) {
      train.read(0, step, events);
      for (int event = 0; event < events.size(); event++) {
        int neuron = train.shape().arrayIndex(events.neuron(event));
        spikes[step * neurons + neuron] = events.amplitude(event);
      }
    }
    return spikes;
  }
}
