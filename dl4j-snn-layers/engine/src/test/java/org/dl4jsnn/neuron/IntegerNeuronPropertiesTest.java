package org.dl4jsnn.neuron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.dl4jsnn.property.Tries;

/** Every channel computes equation (75), whatever its neighbours do. */
@AddLifecycleHook(Tries.class)
class IntegerNeuronPropertiesTest {

  private static final int STEPS = 30;

  /**
   * A channel.
   *
   * @param threshold θ
   * @param leak k
   * @param decay h
   * @param reset u_r
   * @param initial u₀
   * @param charges c of every step, whole or not
   */
  private record Channel(
      int threshold, int leak, int decay, int reset, int initial, List<Double> charges) {}

  /** Sixteenths, whose sums are exact. */
  private static Arbitrary<Double> charges() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(-60, 100).map(Integer::doubleValue),
        Arbitraries.integers().between(-1000, 1600).map(sixteenths -> sixteenths / 16.0));
  }

  @Provide
  Arbitrary<List<Channel>> layers() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 300),
            Arbitraries.oneOf(
                Arbitraries.just(IntegerNeuron.NO_LEAK), Arbitraries.integers().between(1, 4096)),
            Arbitraries.integers().between(1, 4096),
            Arbitraries.integers().between(-50, 50),
            Arbitraries.integers().between(-50, 50),
            charges().list().ofSize(STEPS))
        .as(Channel::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static IntegerNeuron neuron(List<Channel> layer, boolean subtracts, boolean floored) {
    return new IntegerNeuron(
        layer.stream().mapToInt(Channel::threshold).toArray(),
        layer.stream().mapToInt(Channel::leak).toArray(),
        subtracts,
        layer.stream().mapToInt(Channel::reset).toArray(),
        layer.stream().mapToInt(Channel::initial).toArray(),
        floored);
  }

  private static NeuronDynamics synaptic(List<Channel> layer, IntegerNeuron membrane) {
    return new IntegerSynapticNeuron(membrane, layer.stream().mapToInt(Channel::decay).toArray());
  }

  /** The membrane of every channel after every step. */
  private static List<float[]> run(NeuronDynamics dynamics, List<Channel> layer) {
    int count = layer.size();
    Neurons neurons = Neurons.of(dynamics, count, count);
    float[] excess = new float[count];
    List<float[]> membranes = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      neurons.clearFired();
      for (int c = 0; c < count; c++) {
        neurons.variable(0)[c] += (float) (double) layer.get(c).charges().get(step);
      }
      dynamics.excess(neurons, excess);
      for (int c = 0; c < count; c++) {
        if (excess[c] > 0) {
          neurons.fire(c);
        }
      }
      dynamics.reset(neurons);
      membranes.add(neurons.variable(dynamics.variables().size() - 1).clone());
    }
    return membranes;
  }

  @Property(tries = 200)
  void shouldComputeTheEquation(
      @ForAll("layers") List<Channel> layer, @ForAll boolean subtracts, @ForAll boolean floored) {
    List<float[]> membranes = run(neuron(layer, subtracts, floored), layer);
    for (int c = 0; c < layer.size(); c++) {
      Channel channel = layer.get(c);
      double u = channel.initial();
      for (int step = 0; step < STEPS; step++) {
        u += channel.charges().get(step);
        if (u > channel.threshold()) {
          u = subtracts ? u - channel.threshold() : channel.reset();
        }
        u = floored ? Math.max(u, -channel.threshold()) : u;
        if (channel.leak() < IntegerNeuron.NO_LEAK) {
          u = (long) (u * channel.leak() / IntegerNeuron.NO_LEAK);
        }
        assertEquals(u - channel.initial(), membranes.get(step)[c], "channel " + c);
      }
    }
  }

  @Property(tries = 200)
  void shouldComputeEveryChannelAsIfItWereAlone(
      @ForAll("layers") List<Channel> layer,
      @ForAll boolean subtracts,
      @ForAll boolean floored,
      @ForAll boolean hasCurrent) {
    List<float[]> together = run(dynamics(layer, subtracts, floored, hasCurrent), layer);
    for (int c = 0; c < layer.size(); c++) {
      List<Channel> one = layer.subList(c, c + 1);
      List<float[]> alone = run(dynamics(one, subtracts, floored, hasCurrent), one);
      for (int step = 0; step < STEPS; step++) {
        assertArrayEquals(alone.get(step), new float[] {together.get(step)[c]}, "channel " + c);
      }
    }
  }

  private static NeuronDynamics dynamics(
      List<Channel> layer, boolean subtracts, boolean floored, boolean hasCurrent) {
    IntegerNeuron membrane = neuron(layer, subtracts, floored);
    return hasCurrent ? synaptic(layer, membrane) : membrane;
  }
}
