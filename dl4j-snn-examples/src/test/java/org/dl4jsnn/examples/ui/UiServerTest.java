package org.dl4jsnn.examples.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.api.UIServer;
import org.deeplearning4j.ui.model.storage.sqlite.J7FileStatsStorage;
import org.dl4jsnn.examples.support.UserError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UiServerTest {

  @TempDir private Path folder;

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int PATIENCE_MILLIS = 2000;

  @AfterEach
  void stop() throws Exception {
    UIServer.stopInstance();
  }

  /** Vert.x's own is one for all users, writable for the first of them. */
  @Test
  void shouldKeepItsFilesInAFolderOfItsOwn() {
    Path own = Path.of(UiServer.options().getFileSystemOptions().getFileCacheDir());
    assertTrue(Files.isWritable(own));
    assertNotEquals(own, Path.of(UiServer.options().getFileSystemOptions().getFileCacheDir()));
  }

  @Test
  void shouldListenOnTheLoopbackAddressAlone() throws Exception {
    UiServer server = UiServer.start(LOOPBACK, 0);
    assertEquals("http://127.0.0.1:" + server.getPort(), server.getAddress());
    HttpRequest overview =
        HttpRequest.newBuilder(URI.create(server.getAddress() + "/train/overview")).build();
    assertEquals(
        200, HttpClient.newHttpClient().send(overview, BodyHandlers.ofString()).statusCode());

    for (InetAddress other : otherAddresses()) {
      assertThrows(IOException.class, () -> connect(other, server.getPort()), other.toString());
    }
    // Linux has a whole network of loopback addresses; all of them reach a server that listens
    // everywhere.
    InetAddress second = InetAddress.getByName("127.0.0.2");
    assertThrows(IOException.class, () -> connect(second, server.getPort()));
  }

  @Test
  void shouldListenEverywhereWhereThatIsAsked() throws Exception {
    UiServer server = UiServer.start(InetAddress.getByName("0.0.0.0"), 0);
    assertEquals("http://localhost:" + server.getPort(), server.getAddress());
    connect(LOOPBACK, server.getPort());
    List<InetAddress> others = otherAddresses();
    assumeTrue(!others.isEmpty(), "this machine has no other address");
    connect(others.get(0), server.getPort());
  }

  /** Deeplearning4j would take a server that never listened for this process's server. */
  @Test
  void shouldLeaveNothingInTheWayOfTheStockServerIfItsPortIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
      assertThrows(UserError.class, () -> UiServer.start(LOOPBACK, other.getLocalPort()));
    }
    UIServer stock = VertxUIServer.getInstance(0, false, null);
    connect(LOOPBACK, stock.getPort());
  }

  @Test
  void shouldStartAgainAfterAStop() throws Exception {
    UiServer first = UiServer.start(LOOPBACK, 0);
    int port = first.getPort();
    first.stop();
    first.awaitStop();
    assertEquals(port, UiServer.start(LOOPBACK, port).getPort());
  }

  @Test
  void shouldAddTheWayToSpikingLayersToThePages() throws Exception {
    UiServer server = UiServer.start(LOOPBACK, 0);
    HttpResponse<String> script = get(server, "/assets/js/train/train.js");
    assertEquals(200, script.statusCode());
    // Deeplearning4j's own lines, then ours.
    assertTrue(script.body().contains("function selectNewSession()"), script.body());
    assertTrue(script.body().contains("href='/spiking'"), script.body());
    assertTrue(get(server, "/spiking").body().contains("href='/train/overview'"));
    assertEquals(404, get(server, "/spiking/none").statusCode());
    assertEquals(404, get(server, "/train/none/times").statusCode());
  }

  /** Deeplearning4j's storage pastes names into SQL. */
  @Test
  void shouldAskStoragesOnlyForSessionsThatTheyHave() throws Exception {
    UiServer server = UiServer.start(LOOPBACK, 0);
    StatsStorage storage = new J7FileStatsStorage(folder.resolve("s.stats").toFile());
    server.attach(storage);
    assertEquals(404, get(server, "/train/none%27%20OR%201=1%20--/times").statusCode());
    assertEquals(404, get(server, "/train/%27/times").statusCode());
    storage.close();
  }

  @Test
  void shouldAnswerOnlyRequestsThatNameThisMachine() throws Exception {
    UiServer server = UiServer.start(LOOPBACK, 0);
    assertEquals("HTTP/1.1 200 OK", status(server, "localhost:" + server.getPort()));
    assertEquals("HTTP/1.1 403 Forbidden", status(server, "evil.example"));
  }

  private static String status(UiServer server, String host) throws IOException {
    try (Socket socket = new Socket(LOOPBACK, server.getPort())) {
      String request = "GET /train/overview HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  private static HttpResponse<String> get(UiServer server, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.getAddress() + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private static List<InetAddress> otherAddresses() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .filter(address -> address.getAddress().length == 4)
        .toList();
  }

  private static void connect(InetAddress address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
    }
  }
}
