package org.dl4jsnn.runtime;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.runtime.SameAsLibrary.events;
import static org.dl4jsnn.runtime.SameAsLibrary.model;
import static org.dl4jsnn.runtime.SameAsLibrary.sample;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that is looked into, and models with another T and other thresholds. */
class StepByStepTest {

  private static final int STEPS = 6;

  @ParameterizedTest
  @EnumSource
  void shouldRunAsTheWholeWindowDoes(ExportedNetwork exported) throws IOException {
    SpikingModel model = model(RuntimeExport.inSinglePrecision(), exported.network());
    float[] sample = sample(exported.features(1, 5), 0);
    Answer whole = model.run(sample);
    StepByStep run = model.stepByStep(sample);
    for (int step = 0; step < whole.steps(); step++) {
      assertTrue(run.next());
      assertEquals(whole.layers(), run.layers());
      for (String layer : whole.layers()) {
        assertEquals(
            events(whole.spikes(layer), 0, step, 1),
            events(run.spikes(layer), 0, 0, 1),
            layer + " at step " + step);
      }
    }
    assertFalse(run.next());
    assertEquals(whole.steps(), run.steps());
    assertArrayEquals(whole.outputs(), run.outputs(), 0);
    assertEquals(whole.decision(), run.decision());
    assertEquals(0, whole.outputs().length % run.meanOutputs().length);
  }

  /** The library's networks with another T. */
  @ParameterizedTest
  @EnumSource
  void shouldRunOtherWindowsAsTheLibraryDoes(ExportedNetwork exported) throws IOException {
    NeuralNetwork network = exported.network();
    SpikingModel model = model(RuntimeExport.inSinglePrecision(), network);
    if (model.hasTimeAxis()) {
      assertRefused("features must have no time axis", () -> model.withSteps(3));
      return;
    }
    float[] sample = sample(exported.features(1, 5), 0);
    for (int steps : new int[] {2, model.steps() + 3}) {
      NeuralNetwork changed =
          network instanceof ComputationGraph graph
              ? TimeSteps.change(graph, steps)
              : TimeSteps.change((MultiLayerNetwork) network, steps);
      Answer expected = model(RuntimeExport.inSinglePrecision(), changed).run(sample);
      Answer answer = model.withSteps(steps).run(sample);
      assertArrayEquals(expected.outputs(), answer.outputs(), 0);
      for (String layer : expected.layers()) {
        assertEquals(
            events(expected.spikes(layer), 0, 0, steps),
            events(answer.spikes(layer), 0, 0, steps),
            layer);
      }
    }
  }

  private static SpikingModel small(NeuronDynamics neuron) throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(SpikeEncoding.direct(STEPS).build())
                .layer(
                    new SpikingConvolution2D.Builder(3, 3)
                        .name("conv")
                        .nOut(2)
                        .neuron(neuron)
                        .build())
                .layer(new SpikingDense.Builder().name("dense").nOut(3).neuron(neuron).build())
                .setInputType(InputType.convolutional(5, 4, 1))
                .build());
    network.init();
    return model(RuntimeExport.inSinglePrecision(), network);
  }

  private static float[] pixels() {
    float[] pixels = new float[20];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i % 7 / 6f;
    }
    return pixels;
  }

  /** Membranes follow from the spikes: without leak what came in less what spikes took. */
  @Test
  void shouldShowMembranesInArrayOrder() throws IOException {
    SpikingModel model = small(new SpikingNeuron(0.5, 1, Reset.bySubtraction(), 0.25));
    StepByStep run = model.stepByStep(pixels());
    run.next();
    float[] first = run.membranes("conv");
    float[] fired = run.spikes("conv").totals().clone();
    float[] current = new float[first.length];
    for (int i = 0; i < first.length; i++) {
      current[i] = first[i] - 0.25f + 0.5f * fired[i];
    }
    run.next();
    float[] second = run.membranes("conv");
    float[] firedAgain = run.spikes("conv").totals();
    assertEquals(2 * 5 * 4, second.length);
    for (int i = 0; i < second.length; i++) {
      assertEquals(first[i] + current[i] - 0.5f * firedAgain[i], second[i], 1e-5, "neuron " + i);
    }
  }

  @Test
  void shouldRefuseWhatItCannotShow() throws IOException {
    StepByStep run = small(SpikingNeuron.integrateAndFire(1)).stepByStep(pixels());
    assertThrows(IllegalStateException.class, run::outputs);
    run.next();
    assertRefused("layer must be one of [conv, dense], got 'none'", () -> run.spikes("none"));
    assertRefused("layer must be one of [conv, dense], got 'none'", () -> run.membranes("none"));
    assertTrue(run.hasMembranes("conv"));
  }

  @Test
  void shouldRunOtherWindows() throws IOException {
    SpikingModel model = small(SpikingNeuron.leakyIntegrateAndFire(0.3, 0.9));
    Answer shorter = model.withSteps(2).run(pixels());
    assertEquals(2, shorter.steps());
    assertEquals(
        events(model.run(pixels()).spikes("dense"), 0, 0, 2),
        events(shorter.spikes("dense"), 0, 0, 2));
    assertEquals(STEPS, model.steps());
    assertRefused("steps must be", () -> model.withSteps(0));
  }

  @Test
  void shouldRunWithOtherThresholds() throws IOException {
    SpikingModel model = small(SpikingNeuron.integrateAndFire(0.3));
    SpikingModel same = small(SpikingNeuron.integrateAndFire(0.6)).withThresholds(0.5);
    assertEquals(
        events(model.run(pixels()).spikes("dense"), 0, 0, STEPS),
        events(same.run(pixels()).spikes("dense"), 0, 0, STEPS));
    assertRefused("threshold must be positive", () -> model.withThresholds(0));
    SpikingModel adaptive = small(new AdaptiveNeuron(SpikingNeuron.integrateAndFire(1), 0.1, 0.9));
    assertRefused(
        "neurons of 'conv' must be (leaky) integrate-and-fire", () -> adaptive.withThresholds(2));
  }
}
