package org.dl4jsnn.examples.ui;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.BindException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.deeplearning4j.ui.VertxUIServer;
import org.dl4jsnn.examples.support.UserError;

/**
 * Deeplearning4j's UI server on one network address. The stock server listens on every interface,
 * without authentication and without a setting for either. But it is a verticle that receives the
 * Vert.x that makes its HTTP server; the Vert.x given here makes servers that listen at the chosen
 * address, and adds {@link PageAdditions} to the router.
 *
 * <p>As in Deeplearning4j, there is one per Java process.
 */
final class UiServer extends VertxUIServer {

  private final InetAddress host;
  private final int port;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean hasFailed;

  private UiServer(InetAddress host, int port) {
    this.host = host;
    this.port = port;
  }

  /** Starts the server, on any free port for 0, and waits until it listens. */
  static UiServer start(InetAddress host, int port) {
    Vertx vertx = Vertx.vertx(options());
    UiServer server = new UiServer(host, port);
    CompletableFuture<Void> listening = new CompletableFuture<>();
    vertx.deployVerticle(
        server,
        deployed -> {
          if (deployed.succeeded()) {
            listening.complete(null);
          } else {
            listening.completeExceptionally(deployed.cause());
          }
        });
    try {
      listening.join();
      return server;
    } catch (CompletionException e) {
      server.hasFailed = true;
      vertx.close();
      Throwable root = root(e);
      throw new UserError(
          String.format(
              "--ui-port must be free on %s, got %d: %s%s",
              host.getHostAddress(),
              port,
              root.getMessage(),
              // Its words are in the user's language.
              root instanceof BindException
                  ? ". Possible cause: another training's UI listens there"
                  : ""),
          e);
    }
  }

  /**
   * With a folder of its own for files: the stock one belongs to whoever was first on this machine.
   */
  static VertxOptions options() {
    try {
      Path folder = Files.createTempDirectory("snn-ui-");
      folder.toFile().deleteOnExit();
      return new VertxOptions()
          .setFileSystemOptions(new FileSystemOptions().setFileCacheDir(folder.toString()));
    } catch (IOException e) {
      throw new UserError("The UI needs a folder for temporary files: " + e, e);
    }
  }

  private static Throwable root(Throwable e) {
    return e.getCause() == null ? e : root(e.getCause());
  }

  @Override
  public void init(Vertx vertx, Context context) {
    super.init(
        standIn(
            Vertx.class,
            (proxy, method, arguments) -> {
              Object answer = call(vertx, method, arguments);
              return answer instanceof HttpServer made ? onHost(made) : answer;
            }),
        context);
  }

  /** A server that always listens at this one's address, with added pages. */
  private HttpServer onHost(HttpServer made) {
    return standIn(
        HttpServer.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("requestHandler") && arguments[0] instanceof Router router) {
            new PageAdditions(host, this::getStatsStorageInstances).addTo(router);
          }
          if (!method.getName().equals("listen")) {
            Object answer = call(made, method, arguments);
            return answer == made ? proxy : answer;
          }
          if (arguments == null || !(arguments[arguments.length - 1] instanceof Handler<?> done)) {
            throw new IllegalStateException(
                "The UI server must listen with a port and a handler, and called " + method);
          }
          call(
              made,
              HttpServer.class.getMethod("listen", int.class, String.class, Handler.class),
              port,
              host.getHostAddress(),
              done);
          return proxy;
        });
  }

  private interface Calls {
    Object answer(Object proxy, Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T standIn(Class<T> type, Calls calls) {
    return type.cast(
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls::answer));
  }

  private static Object call(Object target, Method method, Object... arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /**
   * Also true of a server that could not listen: Deeplearning4j remembers every server that was
   * made, and would return this one instead of starting another.
   */
  @Override
  public boolean isStopped() {
    return hasFailed || super.isStopped();
  }

  @Override
  public String getAddress() {
    String text = host.isAnyLocalAddress() ? "localhost" : host.getHostAddress();
    return "http://" + (text.contains(":") ? "[" + text + "]" : text) + ":" + getPort();
  }

  @Override
  public void stop(Promise<Void> stopCallback) {
    super.stop(stopCallback);
    stopped.countDown();
  }

  /** Keeps the pages up until the server or the program is stopped. */
  void awaitStop() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
