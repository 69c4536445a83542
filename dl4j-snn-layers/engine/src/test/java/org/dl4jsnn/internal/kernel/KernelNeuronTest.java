package org.dl4jsnn.internal.kernel;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;

class KernelNeuronTest {

  @Test
  void shouldTakeOverTheNeuronInSinglePrecision() {
    assertEquals(
        new KernelNeuron(0.1f, 0.9f, false, -0.3f, 0.7f),
        KernelNeuron.of(new SpikingNeuron(0.1, 0.9, Reset.to(-0.3), 0.7)));
    assertEquals(
        new KernelNeuron(2, 1, true, 0, 0),
        KernelNeuron.of(SpikingNeuron.integrateAndFire(2).withReset(Reset.bySubtraction())));
  }

  @Test
  void shouldRestWithoutInputOnlyIfNothingChangesByItself() {
    assertTrue(new KernelNeuron(1, 1, false, 0, 0).restsWithoutInput());
    assertTrue(new KernelNeuron(1, 1, false, 0, 1).restsWithoutInput());
    assertFalse(new KernelNeuron(1, 1, false, 0, 1.01f).restsWithoutInput());
    assertFalse(new KernelNeuron(1, 0.5f, false, 0, 0).restsWithoutInput());
    assertFalse(new KernelNeuron(1, 1, true, 0, 0).restsWithoutInput());
  }

  @Test
  void shouldStayFiniteBelowItsBound() {
    KernelNeuron neuron = new KernelNeuron(1, 1, false, 0, 0);
    assertTrue(neuron.staysFinite(0x1p75, 0));
    assertFalse(neuron.staysFinite(0x1p76, 0));
    assertTrue(neuron.staysFinite(0, 0x1p100));
    assertFalse(neuron.staysFinite(0, 0x1p101));
    assertFalse(new KernelNeuron(0x1p100f, 1, false, 0, 0).staysFinite(0, 0));
    assertFalse(new KernelNeuron(1, 1, false, -0x1p100f, 0).staysFinite(0, 0));
    assertFalse(new KernelNeuron(1, 1, false, 0, -0x1p100f).staysFinite(0, 0));
    assertFalse(neuron.staysFinite(Double.NaN, 0));
    // Half the bound each: only their sum counts.
    KernelNeuron halves = new KernelNeuron(0x1p99f, 1, false, 0, 0x1p99f);
    assertFalse(halves.staysFinite(0, 0));
  }

  @Test
  void shouldSayWhichMembraneIsNotFinite() {
    FeatureShape shape = FeatureShape.image(2, 1, 3);
    assertDoesNotThrow(() -> FiniteMembrane.require("membrane", 1, shape, 3, 7, 5));
    assertMessage(
        "membrane must be finite in single precision, got NaN in neuron 4 at step 7 of sample 5."
            + " Possible cause: weights or inputs are too large, or training diverged; lower the"
            + " learning rate",
        () -> FiniteMembrane.require("membrane", Float.NaN, shape, 3, 7, 5));
  }
}
