export default function mount(component) {
  component.parentElement.textContent = "probe " + JSON.stringify(component.data);
  component.parentElement.onclick = () => component.setTriggerValue("picked", { id: 7 });
  return () => {};
}
