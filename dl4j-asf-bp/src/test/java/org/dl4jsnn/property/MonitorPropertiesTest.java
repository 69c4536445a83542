package org.dl4jsnn.property;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.monitor.SpikeRecording;
import org.dl4jsnn.property.RandomNetworkPlan.Precision;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What tools report about a network is what the network does. */
@AddLifecycleHook(Tries.class)
class MonitorPropertiesTest {

  private static final double ROUNDING = 1e-4;

  @Provide
  Arbitrary<RandomNetworkPlan> chains() {
    return RandomNetworkPlan.any(Arithmetic.ROUGH, Precision.SINGLE, Precision.DOUBLE)
        .map(plan -> plan.with(RandomNetworkPlan.Topology.CHAIN));
  }

  @Property(tries = 25)
  void shouldRecordTheSpikesThatTheRatesAreMadeOf(@ForAll("chains") RandomNetworkPlan plan) {
    DrawnNetwork network = DrawnNetwork.of(plan);
    INDArray features = network.features();
    List<INDArray> rates = network.rates(features);
    MultiLayerNetwork chain = network.chain();
    SpikeRecording recording = SpikeProbe.of(chain).allLayers().record(features);
    for (RecordedTrains.Recorded recorded : RecordedTrains.of(chain, features).all()) {
      SpikeTrain train = recorded.train();
      if (isPooled(plan, recorded.index())) {
        continue; // its rates are not those of its train, nor are those of dropout behind it
      }
      INDArray expected = rates.get(recorded.index()).castTo(DataType.FLOAT);
      INDArray actual = Nd4j.create(train.totals(), expected.shape(), 'c').divi(train.steps());
      assertSameBits(expected, actual, recorded.layer());
      if (recording.layers().contains(recorded.layer())) {
        assertSameBits(
            expected,
            recording.rates(recorded.layer()).castTo(DataType.FLOAT).reshape(expected.shape()),
            "probe of " + recorded.layer());
      }
    }
  }

  /** Rates of layers without neurons are not computed from their spikes. */
  private static boolean isPooled(RandomNetworkPlan plan, int index) {
    int last = index - 1;
    while (last > 0 && plan.layers().get(last).kind() == LayerPlan.Kind.DROPOUT) {
      last--;
    }
    return last >= 0
        && Set.of(LayerPlan.Kind.MAXIMUM, LayerPlan.Kind.SUM)
            .contains(plan.layers().get(last).kind());
  }

  @Property(tries = 25)
  void shouldReportTheAnswersOfShorterWindows(@ForAll("chains") RandomNetworkPlan plan) {
    DrawnNetwork network = DrawnNetwork.of(plan);
    INDArray features = network.features();
    MultiLayerNetwork chain = network.chain();
    LayerPlan.Kind last = plan.layers().get(plan.layers().size() - 1).kind();
    Assume.that(
        !Set.of(LayerPlan.Kind.MAXIMUM, LayerPlan.Kind.SUM, LayerPlan.Kind.DROPOUT).contains(last));
    OutputOverTime over = OutputOverTime.of(chain, features);
    assertEquals(plan.encoding().steps(), over.steps());
    assertClose(chain.output(features), over.after(over.steps()), "all steps");
    if (!plan.encoding().kind().inTime) {
      int half = (over.steps() + 1) / 2;
      assertClose(
          TimeSteps.change(chain, half).output(features), over.after(half), half + " steps");
    }
  }

  private static void assertClose(INDArray expected, INDArray actual, String what) {
    assertTrue(
        expected.castTo(DataType.DOUBLE).equalsWithEps(actual.castTo(DataType.DOUBLE), ROUNDING),
        () -> what + ": " + expected + " and " + actual);
  }
}
