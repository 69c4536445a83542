package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.StateVariable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers and the simulator's helpers together stay within one limit of threads. */
@Timeout(120)
@Tag("slow")
class SimulatingThreadsTest {

  private static final String PROPERTY = "org.dl4jsnn.threads";
  private static final AtomicInteger NOW = new AtomicInteger();
  private static final AtomicInteger MOST = new AtomicInteger();

  @BeforeEach
  void forgetWhatWasSeen() {
    NOW.set(0);
    MOST.set(0);
  }

  @AfterEach
  void forgetTheProperty() {
    System.clearProperty(PROPERTY);
  }

  /** Fires now and then, and counts the threads that run it at the same time. */
  record Counted() implements NeuronDynamics {

    private static final long serialVersionUID = 1L;

    @Override
    public List<StateVariable> variables() {
      return List.of(new StateVariable("current", 0));
    }

    @Override
    public double threshold() {
      return 0.5;
    }

    @Override
    public void excess(Neurons neurons, float[] excess) {
      MOST.accumulateAndGet(NOW.incrementAndGet(), Math::max);
      for (int neuron = 0; neuron < neurons.count(); neuron++) {
        excess[neuron] = neurons.variable(0)[neuron] - 0.5f;
      }
      for (long end = System.nanoTime() + 20_000; System.nanoTime() < end; ) {
        Thread.onSpinWait();
      }
      NOW.decrementAndGet();
    }

    @Override
    public void reset(Neurons neurons) {
      Arrays.fill(neurons.variable(0), 0);
    }
  }

  private static MultiLayerNetwork network() {
    return Networks.of(
        SmallNetworks.settings(),
        InputType.convolutional(8, 8, 1),
        SpikeEncoding.poisson(10).build(),
        new SpikingDense.Builder()
            .nOut(20)
            .neuron(new Counted())
            .backprop(new AsfBackprop())
            .build(),
        SmallNetworks.readOut());
  }

  private static void train(int workers) {
    ParallelWrapper wrapper =
        new ParallelWrapper.Builder<>(network()).workers(workers).prefetchBuffer(workers).build();
    wrapper.fit(new ExistingDataSetIterator(SmallNetworks.minibatches(30 * workers, 10, 1)));
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 2", "2, 5", "3, 4"})
  void shouldNotBeMoreThanTheSetting(int threads, int workers) {
    System.setProperty(PROPERTY, Integer.toString(threads));
    train(workers);
    assertTrue(MOST.get() <= threads, () -> MOST + " threads at a time");
    assertTrue(MOST.get() >= 1, "the neurons were not asked");
    assertEquals(0, NOW.get());
  }

  @ParameterizedTest
  @CsvSource({"2", "6"})
  void shouldNotBeMoreThanTheProcessorsByDefault(int workers) {
    train(workers);
    int processors = Runtime.getRuntime().availableProcessors();
    assertTrue(MOST.get() <= processors, () -> MOST + " threads on " + processors);
  }
}
