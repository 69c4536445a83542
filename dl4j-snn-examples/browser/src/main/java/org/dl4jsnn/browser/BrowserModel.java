package org.dl4jsnn.browser;

import org.dl4jsnn.runtime.EarlyExit;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.spike.FeatureShape;
import org.teavm.jso.JSExport;

/** A {@link SpikingModel} for a page. */
public final class BrowserModel {

  private final SpikingModel model;

  BrowserModel(SpikingModel model) {
    this.model = model;
  }

  static int[] sizes(FeatureShape shape) {
    return new int[] {shape.channels(), shape.height(), shape.width()};
  }

  /** {@return the shape of a sample, for frames of one step: [channels, height, width]} */
  @JSExport
  public int[] input() {
    return sizes(model.inputShape());
  }

  /** {@return T; 0 if features have a time axis} */
  @JSExport
  public int steps() {
    return model.steps();
  }

  /** {@return whether features have a time axis} */
  @JSExport
  public boolean hasTimeAxis() {
    return model.hasTimeAxis();
  }

  /** {@return the names of all layers and vertices} */
  @JSExport
  public String[] layers() {
    return model.layers().toArray(new String[0]);
  }

  /** {@return the same network with another T} See {@link SpikingModel#withSteps}. */
  @JSExport
  public BrowserModel withSteps(int steps) {
    return new BrowserModel(model.withSteps(steps));
  }

  /** {@return the same network with thresholds multiplied} {@link SpikingModel#withThresholds}. */
  @JSExport
  public BrowserModel withThresholds(double factor) {
    return new BrowserModel(model.withThresholds(factor));
  }

  /** {@return the answer to a sample} See {@link SpikingModel#run(float...)}. */
  @JSExport
  public BrowserAnswer run(float[] features) {
    return new BrowserAnswer(model.run(features));
  }

  /** {@return the answer to a sample as soon as its largest output leads by so much} */
  @JSExport
  public BrowserAnswer runUntilSure(double lead, float[] features) {
    return new BrowserAnswer(model.run(EarlyExit.lead(lead), features));
  }

  /** {@return a run of a sample that is looked into} See {@link SpikingModel#stepByStep}. */
  @JSExport
  public BrowserRun stepByStep(float[] features) {
    return new BrowserRun(model.stepByStep(features));
  }
}
