package org.dl4jsnn.neuron;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntegerSynapticNeuronTest {

  private static IntegerNeuron membrane(boolean subtractive, boolean floored) {
    return new IntegerNeuron(
        new int[] {100, 200},
        new int[] {3000, 4096},
        subtractive,
        new int[] {20, -30},
        new int[] {50, -6},
        floored);
  }

  private static IntegerSynapticNeuron neuron(boolean subtractive, boolean floored) {
    return new IntegerSynapticNeuron(membrane(subtractive, floored), new int[] {2048, 3500});
  }

  /** The same in Java's whole numbers, channel by channel. */
  @ParameterizedTest
  @CsvSource({"true,false", "true,true", "false,false", "false,true"})
  void shouldComputeInWholeNumbers(boolean subtractive, boolean floored) {
    IntegerSynapticNeuron neuron = neuron(subtractive, floored);
    int[] thresholds = neuron.membrane().thresholds();
    int[] values = neuron.membrane().resetValues();
    int[] start = neuron.membrane().initialMembranes();
    Neurons neurons = Neurons.of(neuron, 2, 2);
    int[] u = start.clone();
    int[] current = new int[2];
    Random random = new Random(3);
    float[] excess = new float[2];
    int spikes = 0;
    for (int step = 0; step < 200; step++) {
      neurons.clearFired();
      int[] charge = {random.nextInt(120) - 50, random.nextInt(120) - 50};
      for (int c = 0; c < 2; c++) {
        current[c] += charge[c];
        u[c] += current[c];
        neurons.variable(0)[c] += charge[c];
      }
      neuron.excess(neurons, excess);
      for (int c = 0; c < 2; c++) {
        assertEquals(u[c] - thresholds[c], excess[c]);
        if (u[c] > thresholds[c]) {
          spikes++;
          neurons.fire(c);
          u[c] = subtractive ? u[c] - thresholds[c] : values[c];
        }
        u[c] = floored ? Math.max(u[c], -thresholds[c]) : u[c];
        u[c] = u[c] * neuron.membrane().leaks()[c] / 4096;
        current[c] = current[c] * neuron.synapticDecays()[c] / 4096;
      }
      neuron.reset(neurons);
      for (int c = 0; c < 2; c++) {
        assertEquals(current[c], neurons.variable(0)[c], "current, step " + step);
        assertEquals(u[c] - start[c], neurons.variable(1)[c], "membrane, step " + step);
      }
    }
    assertTrue(spikes > 20, spikes + " spikes");
  }

  /** Like a membrane of real numbers, with the roundings left out. */
  @Test
  void shouldHaveTheDerivativesOfASynapticNeuron() {
    LocalDerivatives at = new LocalDerivatives(neuron(false, false), 2, false);
    at.move(new double[][] {{8, 4, 1, 2}, {2, 3, 5, 7}}, new double[] {1, 1, 0, 0}, 0);
    assertFirst(at.excess(0), 1, 1, 1, 1);
    assertFirst(at.excess(1), 1, 1, 1, 1);
    assertFirst(at.reset(0, 0), 1, 1, 1, 1);
    assertFirst(at.reset(1, 0), 0, 0, 1, 1);
    assertFirst(at.reset(1, 1), 0, 0, 1, 1);
    assertFirst(at.resetBySpike(1), 20 - 50 - 10, -30 + 6 - 7, 20 - 50 - 6, -30 + 6 - 9);
    assertFirst(at.leak(0), 0.5, 3500 / 4096.0, 0.5, 3500 / 4096.0);
    assertFirst(at.leak(1), 3000 / 4096.0, 1, 3000 / 4096.0, 1);
  }

  private static void assertFirst(double[] actual, double... expected) {
    assertArrayEquals(expected, Arrays.copyOf(actual, expected.length), 0);
  }

  @Test
  void shouldBeAValueWithCopiesOfItsSettings() {
    int[] decays = {2048, 3500};
    IntegerSynapticNeuron neuron = new IntegerSynapticNeuron(membrane(true, false), decays);
    decays[0] = 1;
    neuron.synapticDecays()[1] = 1;
    assertArrayEquals(new int[] {2048, 3500}, neuron.synapticDecays());
    assertEquals(neuron, neuron(true, false));
    assertEquals(neuron.hashCode(), neuron(true, false).hashCode());
    assertNotEquals(neuron, neuron(false, false));
    assertNotEquals(neuron, new IntegerSynapticNeuron(membrane(true, false), decays));
    assertEquals(200, neuron.threshold());
    assertTrue(neuron.keepsExcessAtReset());
    assertEquals(
        List.of("threshold", "leak", "reset value", "initial membrane", "synaptic decay"),
        neuron.parameters().stream().map(NeuronParameter::name).toList());
    assertEquals(2, neuron.variables().size());
    assertTrue(
        neuron.toString().endsWith(", synaptic decay of 2 channels/4096"), neuron.toString());
  }

  @Test
  void shouldRefuseNumbersThatAChipCannotHold() {
    assertMessage(
        "synaptic decays must be whole numbers from 1 to 4096, got 4097",
        () -> new IntegerSynapticNeuron(membrane(true, false), new int[] {4097}));
    assertMessage(
        "synaptic decays must be whole numbers from 1 to 4096, got 0",
        () -> new IntegerSynapticNeuron(membrane(true, false), new int[] {0}));
    assertThrows(
        IllegalArgumentException.class, () -> new IntegerSynapticNeuron(null, new int[] {1}));
  }
}
