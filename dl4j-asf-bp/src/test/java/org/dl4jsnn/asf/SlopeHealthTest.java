package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.health.HealthLimits;
import org.dl4jsnn.monitor.health.LayerCondition;
import org.dl4jsnn.monitor.health.LayerHealth;
import org.dl4jsnn.monitor.health.SpikeHealthListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The slope that a health listener of the layers' module finds, without knowing of this one. */
class SlopeHealthTest {

  private final List<EpochHealth> reports = new ArrayList<>();

  private SpikeHealthListener.Builder listener() {
    return new SpikeHealthListener.Builder().interval(1).reportTo(reports::add);
  }

  private List<LayerHealth> lastLayers() {
    return reports.get(reports.size() - 1).layers();
  }

  @ParameterizedTest
  @EnumSource(names = {"ENABLED", "NONE"})
  void shouldReportTheSlopesOfAllLayersThatHaveOne(WorkspaceMode workspaces) {
    MultiLayerNetwork network = SmallNetworks.network(12, workspaces);
    network.setListeners(listener().build());
    SmallNetworks.minibatches(12, 4, 1).forEach(network::fit);
    network.getListeners().forEach(listener -> listener.onEpochEnd(network));
    assertEquals(5, lastLayers().size());
    for (int i = 0; i < 5; i++) {
      LayerHealth layer = lastLayers().get(i);
      assertEquals(i != 3, layer.slope().isPresent(), layer.layer()); // max pooling has none
      if (layer.slope().isPresent()) {
        assertEquals(
            network.getLayer(i + 1).getParam(AsfBackprop.SLOPE).getDouble(0),
            layer.slope().getAsDouble());
      }
    }
  }

  @Test
  void shouldFindNoSlopeUnderRulesThatKeepNone() {
    MultiLayerNetwork network = BackpropRules.swap(SmallNetworks.network(), new RateBackprop());
    network.setListeners(listener().build());
    SmallNetworks.minibatches(4, 4, 1).forEach(network::fit);
    network.getListeners().forEach(listener -> listener.onEpochEnd(network));
    assertTrue(lastLayers().stream().allMatch(layer -> layer.slope().isEmpty()));
  }

  @Test
  void shouldMarkASlopeBeyondTheLimits() {
    MultiLayerNetwork network = SmallNetworks.network();
    network.setListeners(listener().limits(HealthLimits.DEFAULT.withSlope(1e-9, 1e-8)).build());
    SmallNetworks.minibatches(4, 4, 1).forEach(network::fit);
    network.getListeners().forEach(listener -> listener.onEpochEnd(network));
    assertTrue(lastLayers().get(0).conditions().contains(LayerCondition.ODD_SLOPE));
  }
}
