package org.dl4jsnn.nir;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.neuron.linear.Firing;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.nir.network.GraphBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class NirDialectTest {

  private static final int[] TWO = {2};

  @Test
  void shouldBeAValueByName() {
    for (String name : NirDialect.names()) {
      assertEquals(NirDialect.named(name), NirDialect.named(name.toUpperCase(Locale.ROOT)));
      assertEquals(name, NirDialect.named(name).name());
    }
    NirDialect norse = NirDialect.norse();
    assertEquals(Optional.empty(), norse.reset());
    assertEquals(1e-3, norse.timeStep());
    NirDialect other = norse.withTimeStep(1e-4).withResetBySubtraction();
    assertEquals("norse, time step 1.0E-4 s, reset by subtraction", other.toString());
    assertEquals(other, NirDialect.norse().withResetBySubtraction().withTimeStep(1e-4));
    assertTrue(!other.equals(norse));
  }

  @Test
  void shouldRefuseWhatItDoesNotKnow() {
    assertThrows(IllegalArgumentException.class, () -> NirDialect.named("brian"));
    assertThrows(IllegalArgumentException.class, () -> NirDialect.norse().withTimeStep(0));
    assertThrows(IllegalStateException.class, () -> NirDialect.norse().withLateReset());
  }

  @Test
  void shouldNameArgumentsThatAreMissing() {
    NirDialect norse = NirDialect.norse();
    NirNeurons node = new NirNeurons.IF(full(1), full(2), full(0));
    assertMissing("name", () -> norse.neuron(null, node));
    assertMissing("node", () -> norse.neuron("if", null));
    assertMissing("ignored", () -> norse.neuron("if", node, null));
    assertMissing("node", () -> norse.ofRecurrent(null));
    assertMissing("origin", () -> NirDialect.ofOrigin(null));
  }

  private static void assertMissing(String name, Executable call) {
    assertMessage(name + " must be given, got null", call);
  }

  @Test
  void shouldUseTheLibrarysOwnNeuronWhereItIsTheSame() {
    assertEquals(
        SpikingNeuron.integrateAndFire(2),
        NirDialect.norse().neuron("if", new NirNeurons.IF(full(1), full(2), full(0))));
    NirNeurons.LIF lif = new NirNeurons.LIF(full(4e-4f), full(4), full(0), full(1), full(0));
    assertEquals(
        new SpikingNeuron(1, 0.75f, Reset.toZero(), 0), NirDialect.snnTorch().neuron("lif", lif));
    NirNeurons.CubaLIF cuba =
        new NirNeurons.CubaLIF(
            full(2e-4f), full(4e-4f), full(4), full(0), full(1), full(0), full(2));
    assertEquals(
        new SynapticNeuron(new SpikingNeuron(1, 0.75f, Reset.toZero(), 0), 0.5f),
        NirDialect.snnTorch().neuron("lif", cuba));
  }

  /** RSynaptic, which snnTorch's reader makes of a recurrent CubaLIF, cannot reset at once. */
  @Test
  void shouldResetARecurrentCubaLifLateInSnnTorchAlone() {
    NirNeurons.CubaLIF cuba =
        new NirNeurons.CubaLIF(
            full(2e-4f), full(4e-4f), full(4), full(0), full(1), full(0), full(2));
    NirDialect snnTorch = NirDialect.snnTorch().withResetBySubtraction();
    assertEquals(snnTorch.withLateReset(), snnTorch.ofRecurrent(cuba));
    assertEquals(NirDialect.norse(), NirDialect.norse().ofRecurrent(cuba));
    NirNeurons.LIF lif = new NirNeurons.LIF(full(4e-4f), full(4), full(0), full(1), full(0));
    assertEquals(snnTorch, snnTorch.ofRecurrent(lif));
  }

  @Test
  void shouldTakeForRecurrentWhatHasWeightsOfItsOwn() {
    assertEquals(Set.of("lif"), recurrent("in>lif", "lif>w", "w>lif", "lif>out"));
    assertEquals(Set.of(), recurrent("in>lif", "lif>w", "w>scale", "scale>lif", "lif>out"));
    assertEquals(Set.of(), recurrent("in>lif", "lif>scale", "scale>lif", "w>out", "lif>w"));
    assertEquals(Set.of(), recurrent("in>lif", "lif>w", "w>lif", "w>out"));
    assertEquals(Set.of(), recurrent("in>lif", "in>w", "lif>w", "w>lif", "lif>out"));
    NirGraph outer =
        new NirGraph(Map.of("layer", graph("in>lif", "lif>w", "w>lif", "lif>out")), List.of());
    assertEquals(Set.of("layer/lif"), outer.recurrentNeurons());
  }

  private static Set<String> recurrent(String... edges) {
    return graph(edges).recurrentNeurons();
  }

  private static NirGraph graph(String... edges) {
    GraphBuilder builder =
        new GraphBuilder()
            .node("in", new NirPlumbing.Input(TWO))
            .node("lif", new NirNeurons.LIF(full(1), full(1), full(0), full(1), full(0)))
            .node("w", GraphBuilder.linear(1, 2, 2))
            .node("scale", new NirWeights.Scale(full(1)))
            .node("out", new NirPlumbing.Output(TWO));
    for (String edge : edges) {
      builder.edge(edge.split(">")[0], edge.split(">")[1]);
    }
    return builder.build();
  }

  @Test
  void shouldFireOnceInALayerWhereItFiresSeveralTimes() {
    NirNeurons.IF node = new NirNeurons.IF(full(1), full(2), full(0));
    LinearNeuron neuron =
        assertInstanceOf(LinearNeuron.class, NirDialect.sinabs().neuron("if", node));
    assertEquals(Firing.REACHED, neuron.firing());
    assertEquals(Firing.SEVERAL, NirDialect.sinabs().simulated("if", node, ignored -> {}).firing());
  }

  @Test
  void shouldRefuseWhatAProgramRefuses() {
    NirNeurons.LIF resting = new NirNeurons.LIF(full(1), full(1), full(0.5f), full(1), full(0));
    assertRefused(NirDialect.snnTorch(), resting, "v_leak must be 0");
    assertRefused(NirDialect.sinabs(), resting, "v_leak must be 0");
    assertRefused(NirDialect.spikingJelly(), resting, "v_leak must be v_reset");
    NirNeurons.IF resistant = new NirNeurons.IF(full(2), full(1), full(0));
    assertRefused(NirDialect.snnTorch(), resistant, "r must be 1 ");
    assertRefused(NirDialect.spikingJelly(), resistant, "r must be 1/dt");
    NirNeurons.CubaLIF current =
        new NirNeurons.CubaLIF(full(1), full(1), full(1), full(0), full(1), full(0), full(1));
    assertRefused(NirDialect.snnTorch(), current, "r must be tau_mem/dt");
    NirNeurons.LI integrator = new NirNeurons.LI(full(1), full(2), full(0));
    assertRefused(NirDialect.sinabs(), integrator, "r must be 1 ");
  }

  @Test
  void shouldRefuseDifferentInitialPotentialsInALayerOnly() {
    NirTensor leak = NirTensor.of(TWO, 0.25f, 0.5f);
    NirNeurons.LIF lif = new NirNeurons.LIF(full(1), full(1), leak, full(1), full(0));
    assertThrows(NirRefusedException.class, () -> NirDialect.norse().neuron("lif", lif));
    assertEquals(
        2,
        NirDialect.norse()
            .simulated("lif", lif, ignored -> {})
            .charging()
            .membrane()
            .initial()
            .size());
  }

  private static void assertRefused(NirDialect dialect, NirNeurons node, String part) {
    NirRefusedException refusal =
        assertThrows(NirRefusedException.class, () -> dialect.neuron("lif1", node));
    assertEquals("lif1", refusal.node());
    assertSays(refusal.getMessage(), "node lif1 (", part);
  }

  private static NirTensor full(float value) {
    return NirTensor.full(TWO, value);
  }

  /** As a Norse network runs, whose neurons have no resistance. */
  @Test
  void shouldNameWhatADialectIgnores() {
    NirTensor one = NirTensor.full(new int[] {1}, 1);
    List<String> ignored = new ArrayList<>();
    for (float resistance : new float[] {1, 2}) {
      NirNeurons.LIF lif =
          new NirNeurons.LIF(
              one,
              NirTensor.full(new int[] {1}, resistance),
              NirTensor.full(new int[] {1}, 0),
              one,
              NirTensor.full(new int[] {1}, 0));
      NirDialect.norse().neuron("lif", lif, (node, name) -> ignored.add(node + "." + name));
    }
    assertEquals(List.of("lif.r"), ignored);
  }
}
