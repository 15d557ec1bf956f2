import java.nio.file.Path;
import java.util.Map;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * One Elasticsearch node: {@code SearchNode HOME FOLDER [setting=value …]}.
 *
 * <p>HOME holds the modules, FOLDER what this node writes. It runs until its standard input ends, so that it never
 * outlives the tests that started it.
 */
public class SearchNode {
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    Settings.Builder settings =
        Settings.builder()
            .put("path.home", home.toString())
            .put("path.data", folder.resolve("data").toString())
            .put("path.logs", folder.resolve("logs").toString())
            .put("network.host", "127.0.0.1");
    for (int i = 2; i < arguments.length; i++) {
      String[] pair = arguments[i].split("=", 2);
      settings.put(pair[0], pair[1]);
    }
    LogConfigurator.setNodeName(folder.getFileName().toString());
    LogConfigurator.configureESLogging();
    Environment environment = new Environment(settings.build(), folder.resolve("config"));
    PluginsLoader plugins =
        PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(environment.modulesDir(), false),
            PluginsLoader.loadPluginsBundles(environment.pluginsDir(), false),
            Map.of(),
            false);
    try (Node node = new Node(environment, plugins)) {
      node.start();
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    System.exit(0);
  }
}
