package org.dl4jsnn.browser;

import org.dl4jsnn.runtime.EarlyExit;
import org.dl4jsnn.runtime.StepByStep;
import org.teavm.jso.JSExport;

/** A {@link StepByStep} for a page. */
public final class BrowserRun {

  private final StepByStep run;

  BrowserRun(StepByStep run) {
    this.run = run;
  }

  /** {@return whether there was another step to run} */
  @JSExport
  public boolean next() {
    return run.next();
  }

  /** {@return the outputs of a window that ends here} */
  @JSExport
  public float[] outputs() {
    return run.outputs();
  }

  /** {@return one number per output} See {@link StepByStep#meanOutputs}. */
  @JSExport
  public double[] meanOutputs() {
    return run.meanOutputs();
  }

  /** {@return the class that a window which ends here decides for} */
  @JSExport
  public int decision() {
    return run.decision();
  }

  /** {@return how far the largest output leads} See {@link EarlyExit#lead}. */
  @JSExport
  public double lead() {
    return EarlyExit.Measure.LEAD.of(run.meanOutputs());
  }

  /** {@return the layers that pass spikes on} */
  @JSExport
  public String[] layers() {
    return run.layers().toArray(new String[0]);
  }

  /** {@return the shape of a layer's neurons: [channels, height, width]} */
  @JSExport
  public int[] shape(String layer) {
    return BrowserModel.sizes(run.spikes(layer).shape());
  }

  /** {@return the spikes of a layer at the last step, in array order} */
  @JSExport
  public float[] spikes(String layer) {
    return run.spikes(layer).totals();
  }

  /** {@return whether a layer's neurons have membrane potentials} */
  @JSExport
  public boolean hasMembranes(String layer) {
    return run.hasMembranes(layer);
  }

  /** {@return the membrane potentials of a layer after the last step, in array order} */
  @JSExport
  public float[] membranes(String layer) {
    return run.membranes(layer);
  }
}
